package forecast

import "github.com/fivefold/fivefold/server/game"

// Field has an assumption in words, for whoever has to make it.
type Field struct {
	Name  string    `json:"name"` // its JSON name
	Label game.Text `json:"label"`
	Help  game.Text `json:"help"`
}

// Fields are the assumptions in words, in the order of Assumptions.
var Fields = []Field{
	field("players", "Players", "参与人数",
		"How many different people play until the end.",
		"活动期间参与的总人数（按人计，不重复）。"),
	field("days", "Days", "天数",
		"How many days from the opening are looked at. 0: the whole campaign.",
		"从开始起预测多少天。填 0 表示整个活动。"),
	field("arrivals", "Arrivals by day", "每日新增",
		"How many of the players come on the first day, the second and so on, in any unit; later days bring nobody.",
		"第一天、第二天……各有多少人首次参与，单位任意，按比例折算；列表之后的日子没有新增。"),
	field("active", "Active share by day", "每日活跃比例",
		"Of those who have come, the share that plays on a day, by day from the opening; the last figure holds for all later days.",
		"已参与的人中，当天会来玩的比例，从第一天起逐日填写；最后一个数字沿用到之后每一天。"),
	field("windows", "Windows a day", "每天参与时段数",
		"In how many windows an active player plays on a day, if the day has so many.",
		"活跃用户每天会参与几个时段（不超过当天的时段数）。"),
	field("habits", "Draws in a window", "每个时段的抽卡次数",
		"What share of the players makes how many draws in a window. More than a window has means all of them, and then what is left of the round's bonus chances.",
		"多大比例的用户在一个时段内抽多少次。超过时段上限的，用完时段次数后再用本轮剩余的额外机会。"),
	field("after_set", "Goes on after a set", "集齐后继续",
		"Of the draws that a player makes, the share that is still made once the set is finished. Those cards are spare.",
		"集齐之后仍会继续抽的比例。此后抽到的卡都算多余的卡。"),
	field("gifts", "Spare cards given away", "多余卡送出比例",
		"The share of spare cards that reaches somebody who lacks them, in the evening of each day, first those who lack least. None: nobody gives; all: every spare card finds its place.",
		"多余的卡中，有多大比例在当天晚上送到缺这张卡的人手里，缺得最少的人优先。为零表示无人赠送，为全部表示每张多余的卡都物尽其用。"),
	field("redeem", "Redeems", "兑换比例",
		"The share of finished sets that is redeemed in time. What the others leave goes to those who did.",
		"集齐的人中按时兑换的比例。未兑换者的份额由其他兑换者平分。"),
	field("accounts", "Accounts in one hand", "同一人控制的账号数",
		"How many accounts one person keeps who plays them all and brings their cards together by gifts.",
		"假设有人同时操作多少个账号，并通过赠送把卡集中起来。"),
	field("account_windows", "Windows a day of such an account", "此类账号每天参与时段数",
		"In how many windows of a day each of these accounts spends every chance.",
		"这些账号每天在多少个时段里用完全部机会。"),
}

func field(name, label, labelChinese, help, helpChinese string) Field {
	return Field{
		Name:  name,
		Label: game.Text{"en": label, "zh": labelChinese},
		Help:  game.Text{"en": help, "zh": helpChinese},
	}
}
