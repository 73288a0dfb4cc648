"""`/log`: the signed head, and the proof that an act stands under it."""

from recruit.queries.checkpoints import Signed, present_checkpoint, proof_of_act
from web.access import SIGNED_IN
from web.api.answers import CheckpointOut, Proof
from web.api.operation import Given, operation
from web.visitors import open_record, present


@operation(
    "GET", "/log/checkpoint", "最近一次签名的检查点", "The present signed checkpoint",
    whom=(SIGNED_IN,), answers={200: CheckpointOut}, errors=(404,),
)  # fmt: skip
def checkpoint(_given: Given[None, None]) -> tuple[CheckpointOut, int]:
    """To be kept outside the house."""
    return _checkpoint(present_checkpoint(open_record())), 200


@operation(
    "GET", "/log/proof/<dossier>/<int(max=2147483647):seq>", "一条记录在日志里的证明",
    "The proof that an act stands in the log",
    whom=(SIGNED_IN,), answers={200: Proof}, errors=(404,),
)  # fmt: skip
def proof(_given: Given[None, None], dossier: str, seq: int) -> tuple[Proof, int]:
    """Not before the act is under a checkpoint."""
    found = proof_of_act(present(), dossier, seq)
    return Proof(
        index=found.index,
        leaf=found.leaf.hex(),
        path=[one.hex() for one in found.path],
        checkpoint=_checkpoint(found.signed),
    ), 200


def _checkpoint(signed: Signed) -> CheckpointOut:
    head = signed.head
    return CheckpointOut(
        epoch=signed.epoch,
        origin=head.origin,
        size=head.size,
        root=head.root.hex(),
        at=signed.at,
        note=signed.note,
    )
