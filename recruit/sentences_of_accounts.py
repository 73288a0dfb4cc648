"""What is wrong with an account, a password or a code, in both languages."""

from collections.abc import Mapping

OF_ACCOUNTS: Mapping[str, tuple[str, str]] = {
    "long_password": ("密码最多{most}个字符。", "A password has {most} characters at most."),
    "common_password": (
        "这个密码太常见，别人一试就中。换一句自己才知道的话。",
        "This password is among the first that anybody would try. Take a sentence of your own.",
    ),
    "own_words": (
        "密码里不能有用户名、姓名或单位名称。",
        "A password must not hold the user name, the name or the organization.",
    ),
    "plain_password": (
        "密码要有大写字母、小写字母、数字、符号中的三种。",
        "A password needs three of: capitals, small letters, digits, signs.",
    ),
    "same_password": ("新密码和原来的一样，请换一个。", "The new password is the old one; take another."),
    "wrong_code": (
        "验证码不对。请用手机上现在显示的六位数字；每个码只能用一次。",
        "The code is wrong. Take the six digits that the telephone shows now; each works once.",
    ),
    "own_account": (
        "不能对自己的账号这样做，请另一位管理员办理。",
        "Not with your own account: another administrator does this.",
    ),
    "own_grant": (
        "不能给自己授权，请另一位安全管理员办理。",
        "Nobody grants a role to oneself: another security administrator does.",
    ),
    "disabled": ("这个账号已停用，请先恢复。", "This account is disabled; enable it first."),
    "no_factor": ("这个人没有设手机验证码，不用报失。", "This user has no second factor to lose."),
    "loss_waits": (
        "已经报过失，在等安全管理员确认。",
        "The loss is reported already and waits for the security administrator.",
    ),
    "too_long": ("{field}太长：最多{most}个字。", "{field} is too long: {most} characters at most."),
}
