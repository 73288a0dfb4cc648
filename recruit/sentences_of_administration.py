"""What the errors say of organizations, rolls, settings and calendar years, in Chinese and English."""

from collections.abc import Mapping

ADMINISTRATION: Mapping[str, tuple[str, str]] = {
    "temporary_needs_days": (
        "临时党组织要写明成立日期和到哪一天止。",
        "A temporary organization needs the day it is set up and its last day.",
    ),
    "day_to_come": (
        "{field}：{found}还没有到，到了那天再记。",
        "{field}: {found} has not come yet; record it on that day.",
    ),
    "not_within": (
        "{field}：要在{least}到{most}之间。",
        "{field}: from {least} to {most}.",
    ),
    "takes_none": (
        "“{found}”下面不能再设组织（党支部，或已经撤销）。",
        "Nothing can be set up below “{found}”: it is a branch, or closed.",
    ),
    "topmost_stays": (
        "最上级的组织不能撤销。",
        "The topmost organization cannot be closed.",
    ),
    "dossiers_there": (
        "还有{count}份档案没有办结，先转接或办结。",
        "{count} dossiers are open there; transfer or end them first.",
    ),
    "members_there": (
        "名册上还有{count}名党员，先转到别的支部。",
        "{count} members are on the roll; move them to another branch first.",
    ),
    "organizations_below": (
        "下面还有{count}个组织没有撤销，先撤销它们。",
        "{count} organizations below are not closed; close them first.",
    ),
    "closed_before": (
        "{found}已经撤销，不能再办。",
        "{found} is closed; nothing more can be done there.",
    ),
    "on_a_roll": (
        "这个人那天已在一个支部的名册上，先办转出。",
        "The person is on a branch's roll on that day; move or end that first.",
    ),
    "off_the_roll": (
        "这个人{found}已离开这个名册。",
        "The person left this roll on {found}.",
    ),
    "dossier_runs": (
        "本人的发展档案还没有办结，请在档案里记（如“转接”），名册会跟着变。",
        "The person's dossier is not over: record it there (“transferred”, say), and the roll follows.",
    ),
    "full_before": ("{found}起已是正式党员。", "A full member since {found} already."),
    "same_branch": (
        "已经在这个支部，请另选一个。",
        "The member is in this branch already; choose another.",
    ),
    "on_this_roll": (
        "{found}已在本支部名册上（姓名和出生年月相同）。",
        "{found} is on this roll already (same name and month of birth).",
    ),
    "stands_twice": (
        "{found}写了两遍（姓名和出生年月相同）。",
        "{found} stands twice (same name and month of birth).",
    ),
    "bad_name": (
        "姓名没写，或超过60个字。",
        "The name is missing or longer than 60 characters.",
    ),
    "bad_sex": (
        "性别写“男”或“女”。",
        "The sex is male or female.",
    ),
    "bad_birth": (
        "出生日期{found}不对：要满18岁，不超过110岁。",
        "The day of birth {found} cannot be: 18 to 110 years old.",
    ),
    "joined_later": (
        "入党或到支部的日期还没有到。",
        "A day of joining has not come yet.",
    ),
    "joined_as_a_child": (
        "入党时不满18岁，请核对日期。",
        "Younger than 18 on joining; compare the days.",
    ),
    "looser_than_edition": (
        "这是《{zh}》规定的，谁也不能放宽。",
        "That is what the text says ({en}); nobody loosens it.",
    ),
    "looser_than_place": (
        "这是“{found}”定的，下级只能更严。",
        "That is the value of {found}; whoever is below may only be stricter.",
    ),
    "set_before": (
        "从{found}起的值已经定过，请换一个生效日期。",
        "A value from {found} is set already; choose another day.",
    ),
    "of_another_year": ("{found}不是{needed}年的日子。", "{found} is no day of {needed}."),
    "day_twice": ("{found}写了两遍。", "{found} stands twice."),
    "plan_of_another_year": (
        "这份计划写的是{found}年，这里要录的是{needed}年。",
        "The plan is of {found}; this page enters {needed}.",
    ),
    "penalty_before": (
        "{found}的这个处分已经记过。",
        "This penalty of {found} is on record already.",
    ),
}
