"""The rules by their ids: a pure function of a case that gives a breach or nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from workflows.case import Case
from workflows.findings import Breach

RuleFunction = Callable[[Case], Breach | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """`asked`: whether the rule speaks of this case at all (a setting, a kind of person); None: always.

    `known`: whether what it judges by is known (a roll, a day of birth); without it nothing is checked.
    """

    id: str
    judge: RuleFunction
    asked: Callable[[Case], bool] | None = None
    known: Callable[[Case], bool] | None = None

    def speaks(self, case: Case) -> bool:
        return (self.asked is None or self.asked(case)) and (self.known is None or self.known(case))


RULES: dict[str, Rule] = {}


def rule(
    rule_id: str,
    *,
    asked: Callable[[Case], bool] | None = None,
    known: Callable[[Case], bool] | None = None,
) -> Callable[[RuleFunction], RuleFunction]:
    """Register the function under the id that the contract and the editions use.

    ValueError if it is taken.
    """

    def register(function: RuleFunction) -> RuleFunction:
        if rule_id in RULES:
            raise ValueError(f"two rules {rule_id}")
        RULES[rule_id] = Rule(rule_id, function, asked, known)
        return function

    return register
