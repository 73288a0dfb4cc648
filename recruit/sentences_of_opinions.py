"""What is wrong with an opinion or a person's own code, in both languages."""

from collections.abc import Mapping

OF_OPINIONS: Mapping[str, tuple[str, str]] = {
    "whom_missing": ("请选择您要反映谁。", "Choose whom it is about."),
    "text_missing": ("请写明是什么情况。", "Write what happened."),
    "contact_missing": (
        "请留下联系方式；不想留，请选“匿名反映”。",
        "Leave a way to reach you, or choose to stay anonymous.",
    ),
    "not_on_the_notice": (
        "公示上没有您选的人，请重新选择。",
        "Whom you chose does not stand on the notice; choose again.",
    ),
    "of_one_committee": (
        "这些人不归同一个党委审批，请分开登记。",
        "These persons belong to different committees; enter them apart.",
    ),
    "looked_at_before": ("这件意见已经有人处理过了。", "This has been dealt with already."),
    "nobody_to_take_up": (
        "选中的人现在都不能登记异议（档案已经结束或不在本镇），请改为“不予受理”并选原因。",
        "For none of the chosen persons an objection can be recorded now; set it aside and say why.",
    ),
    "not_looked_at_yet": ("还没有受理，不能答复。", "It has not been taken up yet; nothing can be answered."),
    "dossier_over": (
        "这份档案已经结束，不再发查询码。",
        "This dossier has ended; no code is handed out for it any more.",
    ),
}
