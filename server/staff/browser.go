package staff

import "strings"

// families are what browsers call themselves, the more particular first: nearly all say Chrome and
// Safari too.
var families = []struct{ mark, name string }{
	{"MicroMessenger/", "WeChat"}, {"AlipayClient", "Alipay"}, {"Edg", "Edge"}, {"OPR/", "Opera"},
	{"QQBrowser/", "QQ Browser"}, {"UCBrowser/", "UC Browser"}, {"SamsungBrowser/", "Samsung Internet"},
	{"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}, {"curl/", "curl"},
}

var systems = []struct{ mark, name string }{
	{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"HarmonyOS", "HarmonyOS"}, {"Android", "Android"}, {"Windows", "Windows"},
	{"Macintosh", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"},
}

// browserOf gives the browser and the system of a User-Agent, such as "Firefox, Windows": enough to
// know one's own devices by, and no more than that is kept.
func browserOf(agent string) string {
	var parts []string
	for _, f := range families {
		if strings.Contains(agent, f.mark) {
			parts = append(parts, f.name)
			break
		}
	}
	for _, s := range systems {
		if strings.Contains(agent, s.mark) {
			parts = append(parts, s.name)
			break
		}
	}
	return strings.Join(parts, ", ")
}
