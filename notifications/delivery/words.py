"""What messages say, in Chinese and English: steps, branches and days; never a name, a number or a phone."""

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "digest_title": ("发展党员：有 {count} 件事要办", "Recruit: things to do ({count})"),
    "urgent_title": ("发展党员：到期提醒", "Recruit: a deadline has come"),
    "checkpoint_title": ("发展党员：每日检查点，请保存", "Recruit: the day's checkpoint, please keep it"),
    "line": ("{place}：{step}，{day}截止", "{place}: {step}, due {day}"),
    "line_today": ("{place}：{step}，今天截止（{day}）", "{place}: {step}, due today ({day})"),
    "line_late": ("{place}：{step}，{day}已到期，请尽快办", "{place}: {step}, was due {day}"),
    "line_may": ("{place}：{step}，{day}起可以", "{place}: {step}, from {day} on"),
    "line_news": ("{place}：{step}，已办（{day}）", "{place}: {step}, done ({day})"),
    "line_opinion": ("{place}：{day}收到一件新意见，还没有人看", "{place}: a new opinion of {day} waits"),
    "stand_in": ("（代收）{line}", "(as a stand-in) {line}"),
    "more": ("还有 {count} 件，请登录查看。", "And {count} more; please log in."),
    "link": ("登录查看：{link}", "Log in: {link}"),
    "no_link": ("请登录系统，打开“消息”。", "Please log in and open “Messages”."),
    "handed_on": (
        "发展党员工作，请您配合：{lines}。请与所在党支部联系。",
        "Your part in the recruitment of members: {lines}. Please speak to your branch.",
    ),
    "short": ("发展党员提醒：{lines}。{end}", "Recruit: {lines}. {end}"),
    "milestone": ("计划里的一步", "a step of the plan"),
    "duty": ("一项定期工作", "a periodical duty"),
    "calendar": ("公布节假日安排", "the calendar of the year"),
}


def say(id: str, language: str, **values: object) -> str:  # noqa: A002 - the word of the whole project
    chinese, english = WORDS[id]
    return (english if language.startswith("en") else chinese).format(**values)
