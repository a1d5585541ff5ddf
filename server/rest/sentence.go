package rest

import (
	"strings"

	"github.com/fivefold/fivefold/server/game"
)

// Sentence gives what a player is told of a code.
func Sentence(code game.Code) game.Text { return sentences[code] }

// Explain gives what is wrong with a field, as a sentence.
func Explain(f game.Field, lang string) string {
	return strings.ReplaceAll(reasons[f.Reason].In(lang), "{}", f.Want)
}

var sentences = map[game.Code]game.Text{
	game.CodeInternal: {"en": "Something went wrong on our side. Please try again.", "zh": "我们这边出了点问题，请稍后再试。"},

	game.CodeMalformed:        {"en": "The request could not be read.", "zh": "无法读取请求内容。"},
	game.CodeTooLarge:         {"en": "The request is too large.", "zh": "请求内容过大。"},
	game.CodeInvalid:          {"en": "Some of what was sent is not valid.", "zh": "提交的内容有误。"},
	game.CodeNotFound:         {"en": "There is nothing here.", "zh": "这里什么都没有。"},
	game.CodeMethodNotAllowed: {"en": "This cannot be done here.", "zh": "此处不支持该操作。"},

	game.CodeUnauthorized:    {"en": "Please sign in again.", "zh": "请重新登录。"},
	game.CodeTokenExpired:    {"en": "Your session has expired. Please sign in again.", "zh": "登录已过期，请重新登录。"},
	game.CodeForbidden:       {"en": "You may not do this.", "zh": "您没有权限进行此操作。"},
	game.CodeIdentityRefused: {"en": "The app did not say who you are in a way that can be trusted. Please open this page from the app again.", "zh": "无法确认应用提供的身份，请从应用中重新打开本页面。"},
	game.CodeLoginFailed:     {"en": "The name or the password is wrong.", "zh": "用户名或密码错误。"},

	game.CodeFactorNeeded: {"en": "A code of the second factor is needed too.", "zh": "还需要输入两步验证码。"},
	game.CodeFactorWrong:  {"en": "The code of the second factor is wrong or was used already.", "zh": "两步验证码错误或已使用过。"},
	game.CodeFactorUnset:  {"en": "A second factor has to be set up first.", "zh": "请先设置两步验证。"},
	game.CodeLastOwner:    {"en": "This is the last owner. Make somebody else an owner first.", "zh": "这是最后一位所有者，请先指定另一位所有者。"},

	game.CodeRateLimited: {"en": "That was a little too fast. Please wait a moment.", "zh": "操作太快了，请稍等片刻。"},
	game.CodeUnavailable: {"en": "We are busy right now. Nothing is lost: please try again in a moment.", "zh": "现在有点忙，您的一切都在，请稍后再试。"},
	game.CodeOverloaded:  {"en": "So many are shaking right now. Nothing is lost: it goes on in a moment.", "zh": "摇的人太多啦，您的一切都在，马上继续。"},
	game.CodeBusy:        {"en": "Your earlier request is still being worked on.", "zh": "您上一次的操作正在处理中。"},

	game.CodeCampaignUnknown:  {"en": "There is no such campaign.", "zh": "没有这个活动。"},
	game.CodeCampaignNotOpen:  {"en": "The campaign has not opened yet.", "zh": "活动尚未开始。"},
	game.CodeCampaignClosed:   {"en": "The campaign is closed.", "zh": "活动已经结束。"},
	game.CodeCampaignSealed:   {"en": "The campaign is over and its results are final.", "zh": "活动已结束，结果已封存。"},
	game.CodeNotSettled:       {"en": "The pool has not been shared out yet.", "zh": "奖池尚未开奖。"},
	game.CodeShakingPaused:    {"en": "Shaking is paused for a moment. Your cards are safe.", "zh": "摇一摇暂停片刻，您的卡片都在。"},
	game.CodeRedemptionPaused: {"en": "Redeeming is paused for a moment. Your cards are safe.", "zh": "合成暂停片刻，您的卡片都在。"},
	game.CodeStateConflict:    {"en": "The campaign's state does not allow this.", "zh": "活动当前状态不允许此操作。"},
	game.CodeSlugTaken:        {"en": "A campaign with this address exists already.", "zh": "该活动地址已被使用。"},

	game.CodeChanceUnknown: {"en": "There is no such chance.", "zh": "没有这次机会。"},
	game.CodeBeyondChances: {"en": "That is more chances than there are.", "zh": "超出了可用的机会数。"},
	game.CodeTooEarly:      {"en": "This chance cannot be spent yet.", "zh": "这次机会还不能使用。"},
	game.CodeWindowOver:    {"en": "The time for this chance is over.", "zh": "这次机会的时段已经结束。"},
	game.CodeTicketInvalid: {"en": "The ticket does not belong to these chances.", "zh": "凭条与这些机会不符。"},

	game.CodeSetIncomplete:   {"en": "The set is not complete yet.", "zh": "卡片还没有集齐。"},
	game.CodeCardUnknown:     {"en": "There is no such card.", "zh": "没有这张卡片。"},
	game.CodeAlreadyRedeemed: {"en": "You have redeemed your set already.", "zh": "您已经合成过了。"},
	game.CodeKeyReused:       {"en": "This key was used for another request.", "zh": "该请求标识已用于其他操作。"},

	game.CodeOddsSum:         {"en": "The odds do not sum to exactly 100 %.", "zh": "概率之和不是 100%。"},
	game.CodeWeightInvalid:   {"en": "A probability is out of range.", "zh": "概率超出范围。"},
	game.CodeStockInvalid:    {"en": "A stock is not valid.", "zh": "库存设置有误。"},
	game.CodeVersionUnknown:  {"en": "There is no such version.", "zh": "没有这个版本。"},
	game.CodeVersionConflict: {"en": "Somebody else has saved a version meanwhile.", "zh": "其他人刚刚保存了新版本。"},
	game.CodeChangeRefused:   {"en": "This change is not allowed in the campaign's state.", "zh": "活动当前状态不允许此更改。"},

	game.CodeApprovalNeeded:   {"en": "A second person has to approve of this version first.", "zh": "此版本须先经另一人批准。"},
	game.CodeApprovalOwn:      {"en": "Nobody approves of their own: a second person has to decide.", "zh": "不能批准自己保存或提交的版本，须由另一人决定。"},
	game.CodeApprovalOver:     {"en": "This approval has been asked for, answered or voided meanwhile.", "zh": "该审批已被提交、处理或作废。"},
	game.CodeExceptionNeeded:  {"en": "The campaign is open and this is not in the players' favour: it needs an exception with a public reason.", "zh": "活动进行中，此更改对玩家不利，须申请例外并公开理由。"},
	game.CodePublicationWaits: {"en": "Another publication waits for its time already.", "zh": "已有定时发布在等待。"},
	game.CodePublicationOver:  {"en": "This publication cannot be cancelled any more.", "zh": "该定时发布已无法取消。"},
}

var reasons = map[game.Reason]game.Text{
	game.ReasonRequired: {"en": "is required", "zh": "必须填写"},
	game.ReasonRange:    {"en": "must be within {}", "zh": "必须在 {} 之内"},
	game.ReasonFormat:   {"en": "must be of the form {}", "zh": "格式应为 {}"},
	game.ReasonUnknown:  {"en": "is unknown", "zh": "不存在"},
	game.ReasonSum:      {"en": "must sum to {}", "zh": "总和必须为 {}"},
	game.ReasonMissing:  {"en": "is missing: {} needed", "zh": "缺少：需要 {}"},
	game.ReasonTaken:    {"en": "is taken already", "zh": "已被使用"},
	game.ReasonOrder:    {"en": "must be after {}", "zh": "必须晚于 {}"},
	game.ReasonMultiple: {"en": "must be a multiple of {}", "zh": "必须是 {} 的整数倍"},
	game.ReasonLess:     {"en": "must not be less than {}", "zh": "不得少于 {}"},
	game.ReasonFixed:    {"en": "must stay {}", "zh": "必须保持为 {}"},
	game.ReasonEither:   {"en": "cannot be given together with {}", "zh": "不能与 {} 同时提供"},
	game.ReasonSigner:   {"en": "is signed by an issuer or key that is unknown here", "zh": "签发方或密钥未在此登记"},
	game.ReasonForged:   {"en": "has a wrong signature", "zh": "签名不正确"},
	game.ReasonClaim:    {"en": "has no valid claim {}", "zh": "缺少有效的声明 {}"},
	game.ReasonAudience: {"en": "is not meant for {}", "zh": "受众不是 {}"},
	game.ReasonExpired:  {"en": "has expired", "zh": "已过期"},
	game.ReasonEarly:    {"en": "is not valid yet", "zh": "尚未生效"},
	game.ReasonLong:     {"en": "may live {} at the most", "zh": "有效期不得超过 {}"},
}
