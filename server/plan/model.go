package plan

// model is what the model itself assumes. A plan prints it, so that a reader can disagree with each.
var model = []string{
	"Players act by their expected values; there is no luck in a plan, and no queue: what a minute asks for is done in it.",
	"Players of a minute come at its beginning, stay whole minutes, once in the evening, and tap at a steady rate while a round is open. Who taps fast stays no longer than who taps slowly.",
	"A client sends what it has gathered once per pace, up to the most taps of a request, and spends no more than that lets through; taps for which a window has no chance left are not sent.",
	"A window's chances bind each player: never more than K, never ahead of the round's taps a second.",
	"Within a minute the load is even but for the stated burst, which is taken of every kind at once.",
	"A request whose chances are all misses costs its request and its chances; one that wins costs a booking more, and each entry.",
	"Every request that spends chances leaves a mark for Redis; those of one player become one within the stated time, for which the player's requests have to meet in one process.",
	"Every booking is followed by one live album put; so is an album that the book had to be asked for.",
	"Each player reads me and the public document once on arrival, which asks the book, and then at the stated rates; a live album expires after ten minutes, and then a read asks the book again.",
	"A new player and a redemption are transactions of their own. A redemption costs a writer as much as the making of a player, and Redis three puts.",
	"Redemptions are spread over the evening as the wins are, gifts as the players that are there. A gift's request costs a server a read of me, its transaction a booking with one entry.",
	"Servers, writers and shards are added up as if each took its share exactly: no shard is hotter than another, no writer waits for a network.",
	"A core here is a core there: costs are of the machine that was measured, and so are what a writer and a shard take.",
	"A writer is a SQL server as it was measured with servers beside it, and writers stand side by side by player: a distributed SQL, or shards by player. Stock rows are not a bottleneck.",
	"Not planned: storage, replicas, backups, the settlement after the evening, the admin page, log-in by a host app, retries of players who were refused.",
}
