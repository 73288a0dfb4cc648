"""Why a file is not taken, in Chinese and English, and what to do instead."""

from collections.abc import Mapping

FILES: Mapping[str, tuple[str, str]] = {
    "file_empty": ("“{name}”是空的，请重新拍照或换一份。", "“{name}” is empty; take the photo again."),
    "file_too_large": (
        "“{name}”太大，一个文件最多{most}兆。请拍得小一点，或分成几个文件。",
        "“{name}” is too large: {most} MiB a file at most. Take a smaller photo, or split it.",
    ),
    "file_type_unknown": (
        "“{name}”不是能收的文件。请用照片（jpg、png、webp）、pdf、docx 或 xlsx。",
        "“{name}” is of no kind that is taken: photos (jpg, png, webp), pdf, docx or xlsx.",
    ),
    "photo_unknown": (
        "“{name}”不是能收的照片。请用手机重新拍一张（jpg、png 或 webp）。",
        "“{name}” is no photo that is taken. Take it again (jpg, png or webp).",
    ),
    "photos_too_many": (
        "最多传{most}张照片。请只选{most}张，别的送到办公室。",
        "{most} photos at most. Choose {most} and bring the others to the office.",
    ),
    "scans_too_many": (
        "一次最多传{most}个文件。请把几页合成一个 pdf。",
        "{most} files at most. Put several pages into one pdf.",
    ),
    "photos_full": (
        "照片现在收不下了。请不带照片先报，照片送到办公室。",
        "No more photos can be taken now. Send it without them, and bring them to the office.",
    ),
    "file_type_differs": (
        "“{name}”的内容和名字对不上，不是真正的 {said} 文件。请重新保存或拍照。",
        "“{name}” is not what its name says ({said}). Save it anew or take a photo.",
    ),
    "file_broken": (
        "“{name}”打不开，可能没有传完整。请再传一次，或重新拍照。",
        "“{name}” cannot be opened, it may be incomplete. Send it again or take a photo.",
    ),
    "file_pixels": (
        "“{name}”的照片太大，最多{most}00万像素。请用手机重新拍一张。",
        "The photo “{name}” is too large: {most} million pixels at most. Take it again.",
    ),
    "file_macro": (
        "“{name}”里有宏（小程序），不能收。请另存为 pdf 再传。",
        "“{name}” contains macros and is not taken. Save it as a pdf.",
    ),
    "file_external": (
        "“{name}”里有指向外面的链接，不能收。请另存为 pdf 再传。",
        "“{name}” points to something outside and is not taken. Save it as a pdf.",
    ),
    "file_embedded": (
        "“{name}”里还套着别的文件，不能收。请另存为 pdf 再传。",
        "“{name}” has other files inside and is not taken. Save it as a pdf.",
    ),
    "file_acts": (
        "“{name}”里有会自己运行的内容，不能收。请打印成新的 pdf 再传。",
        "“{name}” contains something that runs by itself. Print it to a new pdf.",
    ),
    "file_unpacks_too_large": (
        "“{name}”解开以后超过{most}兆，不能收。请另存为 pdf 再传。",
        "“{name}” is too large once unpacked ({most} MiB at most). Save it as a pdf.",
    ),
    "file_many_entries": (
        "“{name}”里面的部分超过{most}个，不能收。请另存为 pdf 再传。",
        "“{name}” has more than {most} parts and is not taken. Save it as a pdf.",
    ),
    "file_link": (
        "“{name}”里有链接文件，不能收。请另存为 pdf 再传。",
        "“{name}” contains a link to another file and is not taken. Save it as a pdf.",
    ),
    "file_sealed": (
        "“{name}”加了密码，打不开。请去掉密码再传。",
        "“{name}” is under a password. Take the password away and send it again.",
    ),
    "file_quota": (
        "今天传的文件已到上限（{most}个或{bytes}兆），请明天再传。",
        "Today's limit is reached ({most} files or {bytes} MiB). Send the rest tomorrow.",
    ),
    "paper_missing": (
        "这是替支部录入（代录），请上传支部书记签过字的材料：拍照或选文件。",
        "This is entered for the branch: upload the paper that its secretary signed, as a photo or a file.",
    ),
    "seen_later": (
        "{found}还没有到，请填看到的那一天。",
        "{found} has not come yet; give the day on which it was seen.",
    ),
    "seen_before": (
        "{found}还没有张贴（{needed}起），请核对日期。",
        "On {found} it did not hang yet (from {needed}); check the day.",
    ),
    "nobody_chosen": ("请至少勾选一个人。", "Choose at least one person."),
    "ends_before": (
        "最后一天早于第一天，请核对。",
        "The last day comes before the first; check both.",
    ),
    "file_not_kept": (
        "附件 {found}… 没有和这份档案一起保存，请重新上传。",
        "The attachment {found}… is not kept with this dossier; upload it again.",
    ),
}
