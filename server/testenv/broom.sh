# Waits until the process that owns the servers in directory $1 is gone, asks
# all that works there to end, insists after two seconds, and cleans up.
cat >/dev/null

send() { # send SIGNAL...: to all that works in the directory; false if none does
	found=1
	for process in /proc/[0-9]*; do
		case $(readlink "$process/cwd") in
		"$dir"/*) found=0 ;;
		*) continue ;;
		esac
		for name in "$@"; do kill -s "$name" "${process#/proc/}"; done
	done
	return "$found"
}

dir=$1
tries=0
signals='CONT INT'
exec 2>/dev/null
while [ "$tries" -lt 20 ] && send $signals; do
	tries=$((tries + 1))
	[ "$tries" -lt 10 ] || signals=KILL
	sleep 0.2
done
rm -rf "$dir"
