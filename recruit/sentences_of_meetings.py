"""What the errors of meetings say, in Chinese and English: what does not agree, and by how many."""

from collections.abc import Mapping

OF_MEETINGS: Mapping[str, tuple[str, str]] = {
    "stale_meeting": (
        "页面打开后，别人先改了。您填的还在，请看一眼再按一次。",
        "Somebody else changed this meanwhile. Your entries are still here; look, then press again.",
    ),
    "meeting_closed": (
        "这次会议已经确认，不能再改。要改，只能另开会更正。",
        "This meeting is confirmed and cannot be changed. What is wrong is mended by another meeting.",
    ),
    "meeting_handed": (
        "已经送书记确认。要改，请先退回。",
        "This waits for confirmation. Take it back first to change it.",
    ),
    "not_handed": ("还没有送来确认，请先核对。", "It has not been sent for confirmation; check it first."),
    "no_quorum": (
        "人数不够：应到{whole}人，实到{present}人，再到{more}人才够。",
        "No quorum: {whole} entitled, {present} present, {more} more are needed.",
    ),
    "not_attended": ("先签到，再表决。", "Take attendance first, then vote."),
    "undecided": (
        "还有{count}人没有表决，也没有缓议。一个一个来，没有“全体通过”。",
        "{count} are neither voted on nor deferred. One person at a time; there is no “approve all”.",
    ),
    "nobody_listed": ("请至少选一个人。", "Choose at least one person."),
    "listed_before": ("这个人已经在议程里了。", "This person is on the agenda already."),
    "not_for_this_body": (
        "“{found}”不归这个会议表决。",
        "“{found}” is not decided by this body.",
    ),
    "not_its_approver": (
        "{field}：要由有审批权的党委开会。",
        "{field}: the committee with the power to approve meets.",
    ),
    "too_late_to_change": (
        "已经有人表决过，应到人数和不计入的人不能再改。",
        "Somebody has been voted on: who is entitled can no longer be changed.",
    ),
    "not_by_name": ("这次不是记名表决，只记票数。", "This vote is not by name; only the counts are kept."),
    "by_name": ("这次是记名表决，请逐人填写。", "This vote is by name; enter each member's."),
    "votes_begun": (
        "已经有人表决过，不能再改。",
        "The vote has begun; this can no longer be changed.",
    ),
    "vote_missing": ("还有{count}位委员没有填。", "{count} members' votes are missing."),
    "vote_of_absent": ("没有到会的人不能表决。", "Whoever is absent does not vote."),
    "count_negative": ("人数不能少于零。", "No number is below zero."),
    "count_present": (
        "实到{present}人，比应到{whole}人多，请核对。",
        "{present} present, more than the {whole} entitled; compare them.",
    ),
    "count_written": (
        "书面意见{written}份，没到会的只有{away}人，请核对。",
        "{written} written opinions, and only {away} are absent; compare them.",
    ),
    "count_recused": (
        "回避{recused}人，比实到{present}人多，请核对。",
        "{recused} recused, more than the {present} present; compare them.",
    ),
    "count_issued": (
        "发出{issued}张，能投票的只有{voters}人，请核对。",
        "{issued} ballots issued to {voters} voters; compare them.",
    ),
    "count_returned": (
        "收回{returned}张，比发出{issued}张多。请重新清点。再对不上，这一轮作废，重新投。",
        "{returned} ballots returned, {issued} issued. Count again; if they still differ the round is void.",
    ),
    "count_ballots_more": (
        "收回{whole}张，各项加起来是{parts}张，多{by}张。请重新清点。再对不上，这一轮作废，重新投。",
        "{whole} returned, {parts} counted: {by} too many. Count again; if they still differ it is void.",
    ),
    "count_ballots_fewer": (
        "收回{whole}张，各项加起来是{parts}张，还差{by}张。没有填的，是不是无效票？",
        "{whole} returned, {parts} counted: {by} missing. Are they invalid ballots?",
    ),
    "count_hands_more": (
        "能表决的{whole}人，各项加起来是{parts}人，多{by}人。请重新数。",
        "{whole} may vote, {parts} counted: {by} too many. Count again.",
    ),
    "count_hands_fewer": (
        "能表决的{whole}人，各项加起来是{parts}人，还差{by}人。请重新数。",
        "{whole} may vote, {parts} counted: {by} missing. Count again.",
    ),
}
