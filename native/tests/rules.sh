# rules.sh RULE SERVER CLIENT LAYOUT: runs one rule with those two programs, in a runtime directory of its own.
# Standard input of every program started with "server" stays open until the rule ends.
set -u
rule=$1 server=$2 client=$3 layout=$4
[ -x "$server" ] && [ -x "$client" ] || { echo "not built: $server or $client"; exit 77; }
# 126: the kernel does not know such programs, as 32-bit ones where it lacks IA32 emulation.
for program in "$server" "$client"; do
  "$program" --help > /dev/null 2>&1
  [ $? -ne 126 ] || { echo "this system does not run $program"; exit 77; }
done

work=$(mktemp -d)
export SHMSCOPE_RUNTIME_DIR="$work/run"
pid= other=
trap 'for left in $pid $other; do kill -9 $left 2>/dev/null; done; rm -rf "$work"' EXIT
mkfifo "$work/stdin" "$work/stdout" "$work/other"
exec 4<>"$work/stdin" 5<>"$work/stdout" 6<>"$work/other"

fail() { echo "FAILED: $*" >&2; exit 1; }
equal() { [ "$1" = "$2" ] || fail "expected [$2] but got [$1]"; }
contains() { case $1 in *"$2"*) ;; *) fail "expected [$2] in [$1]" ;; esac; }

# server ARGS...: starts it and returns when its channel is open; its further lines come from descriptor 5
server() {
  "$server" server --layout "$layout" "$@" <&4 >&5 &
  pid=$!
  read -r line <&5
  equal "$line" ready
}
# misbehaving KIND CHANNEL-OPTIONS...: a server that has done so
misbehaving() {
  kind=$1; shift
  server "$@" misbehave "$kind"
  read -r line <&5
  equal "$line" done
}
# other_client ARGS...: starts one that goes on; its further lines come from descriptor 6
other_client() {
  "$client" client --layout "$layout" "$@" <&4 >&6 &
  other=$!
  read -r line <&6
  equal "$line" ready
}
# finished STATUS: waits for the server
finished() { wait "$pid"; status=$?; pid=; equal "$status" "$1"; }
stop() { kill -TERM "$pid"; finished 0; }
killed() { kill -9 "$pid"; wait "$pid" 2>/dev/null; pid=; }
# client STATUS ARGS...: runs it; its output goes into $out
client() { expected=$1; shift; out=$("$client" client --layout "$layout" "$@" 2>&1); equal "$?" "$expected"; }
nothing_left() { equal "$(ls -A "$SHMSCOPE_RUNTIME_DIR")" .lock; }
hex_at() { od -An -v -tx1 -j"$1" -N"$2" "$SHMSCOPE_RUNTIME_DIR/L.MySharedMemory" | tr -d ' \n'; }

round_trips_return_what_was_sent() {
  server echo
  for size in 0 1 256 16384; do client 0 pingpong --count 200 --size $size; done
  contains "$out" 'round-trips 200 in '
  stop
}

messages_arrive_whole_and_in_order() {
  server send one 'Grüße' '' --hex 00ff10 last
  client 4 receive --count 6
  equal "$out" "ready
message 3 6f6e65
message 7 4772c3bcc39f65
message 0 
message 3 00ff10
message 4 6c617374
exit"
  finished 0
}

a_flood_is_read_to_the_last_message() {
  server flood --count 3000 --size 100
  client 0 drain
  equal "$out" "ready
drained 3000"
  read -r line <&5
  contains "$line" 'acknowledged 3000 in '
  finished 0
}

a_message_lies_at_its_documented_offsets() {
  case $layout in
    fixed64) header=0100000000000000 length=0900000000000000 length_at=8 flag=0 data=24 total=32792 ;;
    fixed) header=0100000000000000 length=09000000 length_at=8 flag=0 data=16 total=32784 ;;
    sized) header=0040000001000000 length=09000000 length_at=12 flag=4 data=24 total=32792 ;;
  esac
  misbehaving lost-wake
  client 3 receive --timeout 0 --count 2
  equal "$(wc -c <"$SHMSCOPE_RUNTIME_DIR/L.MySharedMemory")" $total
  equal "$(hex_at 0 8)" "$(echo $header | if [ $layout = sized ]; then sed s/01/02/; else sed s/^01/02/; fi)"
  equal "$(hex_at $length_at $((${#length} / 2)))" $length
  equal "$(hex_at $data 10)" 6c6f73742077616b6500
  client 3 send --hex 7e --timeout 0
  case $layout in
    fixed64) equal "$(hex_at 4 4)$(hex_at 16 8)$(hex_at 16408 2)" 0100000001000000000000007e00 ;;
    fixed) equal "$(hex_at 4 4)$(hex_at 12 4)$(hex_at 16400 2)" 01000000010000007e00 ;;
    sized) equal "$(hex_at 8 4)$(hex_at 16 8)$(hex_at 16408 2)" 0100000001000000000000007e00 ;;
  esac
  stop
}

a_message_over_capacity_is_refused() {
  misbehaving hold --buffer-size 4
  client 1 send 12345
  contains "$out" 'a message of 5 bytes does not fit into the buffer of 4'
  equal "$(hex_at 0 32)" 0400000000000000000000000000000000000000000000000000000000000000
  stop
}

a_killed_server_leaves_nothing_in_the_way() {
  misbehaving lost-wake
  killed
  client 1 receive --timeout 0
  contains "$out" 'error 2 '
  server echo
  equal "$(hex_at 4 4)" 00000000
  client 0 pingpong --count 10
  stop
}

a_killed_client_leaves_the_server_working() {
  server echo
  other_client misbehave hold
  client 0 pingpong --count 10
  kill -9 $other; wait $other 2>/dev/null; other=
  client 0 pingpong --count 10
  stop
}

a_server_that_never_waits_ends_when_told() {
  server echo
  other_client pingpong --seconds 20
  told=$(date +%s)
  stop
  [ $(($(date +%s) - told)) -lt 10 ] || fail 'it ended only with its client'
  wait $other; other=
}

a_second_server_of_a_name_is_refused() {
  server echo
  out=$("$client" server echo 2>&1); equal $? 1
  contains "$out" 'exists already: error 183'
  client 0 pingpong --count 10
  stop
}

a_server_told_to_take_over_starts_afresh() {
  misbehaving lost-wake
  other=$pid
  server --take-over echo
  equal "$(hex_at 4 4)" 00000000
  stop
  pid=$other other=
  client 4 receive --timeout 0
  contains "$out" exit
  stop
}

a_channel_that_does_not_exist_is_error_2() {
  client 1 echo
  contains "$out" "can't open the section Local\\MySharedMemory: error 2 "
}

a_name_of_another_kind_is_error_6() {
  misbehaving hold
  client 1 --name 'Local\MyEventS2C' echo
  contains "$out" 'error 6 '
  stop
}

bad_names_are_refused() {
  client 1 --name 'Local\a\b' echo; contains "$out" 'error 3 '
  client 1 --name 'Local\' echo; contains "$out" 'error 123 '
  client 1 --name "$(printf '%0254d' 0)" echo; contains "$out" 'error 206 '
  misbehaving hold --name 'Local\Größe/..%'
  [ -f "$SHMSCOPE_RUNTIME_DIR/L.Gr%C3%B6%C3%9Fe%2F%2E%2E%25" ] || fail "not found: $(ls "$SHMSCOPE_RUNTIME_DIR")"
  client 3 --name 'Größe/..%' receive --timeout 0
  stop
}

a_runtime_directory_open_to_others_is_refused() {
  mkdir -m 755 "$SHMSCOPE_RUNTIME_DIR"
  client 1 echo; contains "$out" 'error 5 '
  mkdir -m 700 "$work/real"; rmdir "$SHMSCOPE_RUNTIME_DIR"; ln -s real "$SHMSCOPE_RUNTIME_DIR"
  client 1 echo; contains "$out" errno
  rm "$SHMSCOPE_RUNTIME_DIR"
  server echo
  stop
}

a_stopped_server_says_exit() {
  server echo
  other_client receive
  stop
  wait $other; equal $? 4; other=
  read -r line <&6
  equal "$line" exit
}

the_end_of_standard_input_is_a_stop() {
  out=$("$server" server misbehave hold </dev/null); equal $? 0
  out=$("$server" server --until-stdin-closes echo </dev/null); equal $? 0
}

a_header_that_claims_too_much_is_refused() {
  misbehaving huge-header
  client 1 echo; contains "$out" 'with buffers of 4294967280 needs 8589934584'
  stop
  misbehaving small-section
  client 1 echo; contains "$out" 'has 4096 bytes, but its layout with buffers of 16384 needs 32792'
  stop
}

a_section_without_events_is_refused() {
  misbehaving no-events
  client 1 echo; contains "$out" "can't open the event Local\\MyEventS2C: error 2 "
  stop
  misbehaving no-section-events-only
  client 1 echo; contains "$out" "can't open the section"
  stop
}

an_unknown_flag_is_an_error() {
  misbehaving unknown-flag
  client 1 receive; contains "$out" 'error 4'
  client 1 drain; contains "$out" "the peer's flag is 4"
  stop
}

a_length_over_capacity_gives_the_whole_slot() {
  misbehaving bad-length --buffer-size 16
  client 0 receive
  contains "$out" 'message 16 626164206c656e677468000000000000'
  stop
}

a_message_without_a_wake_is_found() {
  misbehaving lost-wake
  client 0 receive --timeout 0; contains "$out" 'message 9 6c6f73742077616b65'
  stop
}

a_wake_without_a_message_is_a_timeout() {
  misbehaving spurious-wake
  began=$(date +%s%N)
  client 3 receive --timeout 200; contains "$out" timeout
  [ $(($(date +%s%N) - began)) -ge 200000000 ] || fail "the rest of the timeout was not waited out"
  stop
}

a_wake_loop_wakes_again_and_again() {
  server misbehave wake-loop --seconds 60
  client 3 receive --timeout 100; contains "$out" timeout
  stop
}

a_message_before_an_exit_stays_in_the_slot() {
  misbehaving send-exit
  client 4 receive; contains "$out" exit
  equal "$(hex_at 4 4)$(hex_at 12 4)$(hex_at 24 11)" 030000000a0000006c61737420776f72647300
  stop
}

manual_events_are_refused_where_there_are_none() {
  out=$("$server" server misbehave manual-events 2>&1 </dev/null); equal $? 1
  contains "$out" 'error 87 (events are auto-reset here)'
}

an_overwritten_message_is_lost() {
  misbehaving overwrite
  client 3 receive --timeout 50 --count 2
  equal "$out" "ready
message 6 7365636f6e64
timeout"
  stop
}

a_message_that_nobody_reads_is_a_timeout() {
  misbehaving hold
  client 3 send nobody --timeout 20
  client 3 flood --count 2 --timeout 20; contains "$out" 'acknowledged 0 in '
  client 3 pingpong --count 2 --timeout 20
  stop
}

a_talker_answers_what_it_gets() {
  server talk --interval 1000000
  client 0 receive
  client 0 send hello
  client 0 receive
  contains "$out" "message 31 $(printf '{"reply":1,"ok":true,"bytes":5}' | od -An -v -tx1 | tr -d ' \n')"
  client 0 send '{"reply":7}'
  client 3 receive --timeout 20
  stop
}

one_that_dies_sending_leaves_what_it_had_written() {
  while read -r at flag length data; do
    server misbehave "die-sending-$at" --delay 100
    other_client misbehave hold
    read -r line <&6; equal "$line" done
    finished 137
    equal "$at $(hex_at 4 4) $(hex_at 12 4) $(hex_at 24 12)" "$at $flag $length $data"
    kill -TERM $other; wait $other; other=
  done <<END
before-data 00000000 00000000 000000000000000000000000
amid-data 00000000 00000000 6479696e6700000000000000
after-data 00000000 00000000 6479696e6720776f72647300
after-length 00000000 0b000000 6479696e6720776f72647300
after-flag 01000000 0b000000 6479696e6720776f72647300
after-event 01000000 0b000000 6479696e6720776f72647300
END
}

one_that_dies_receiving_leaves_the_slot_unread_until_it_has_marked_it() {
  for at in before-event after-event after-flag after-length after-data after-read; do
    server send "for $at" --timeout none
    "$client" client misbehave "die-receiving-$at" <&4 >&6 &
    other=$!
    read -r line <&6; equal "$line" ready
    wait "$other" 2>/dev/null; equal "$at $?" "$at 137"; other=
    if [ $at = after-read ]; then finished 0; continue; fi
    equal "$at $(hex_at 4 4)" "$at 01000000"
    stop
  done
  misbehaving hold
  stop
}

a_cue_on_standard_input_begins_it() {
  server misbehave lost-wake --on-input
  client 3 receive --timeout 150
  echo now >&4
  read -r line <&5; equal "$line" done
  client 0 receive --timeout 150
  stop
}

a_seed_gives_the_same_bytes_again() {
  own=$server
  for seed in 1 18446744073709551615; do
    server=$own; server misbehave lost-wake --seed $seed --timeout 200; read -r line <&5; first=$(hex_at 4 200); stop
    server=$client; server misbehave lost-wake --seed $seed --timeout 200; read -r line <&5; equal "$(hex_at 4 200)" "$first"; stop
    [ "$first" != "${before-}" ] || fail 'another seed gives the same'
    before=$first
  done
}

a_length_of_0_gives_an_empty_message() {
  misbehaving empty
  client 0 receive; contains "$out" 'message 0'
  equal "$(hex_at 24 9)" 6e6f7420656d707479
  stop
}

a_wake_after_the_message_was_read_is_a_timeout() {
  server misbehave double-wake --delay 200
  client 3 receive --count 2 --timeout 700
  equal "$out" "ready
message 9 74776f2077616b6573
timeout"
  stop
}

a_slot_kept_full_takes_no_message() {
  misbehaving keep-full
  client 3 send 'no place' --timeout 20
  stop
  server misbehave keep-full
  read -r line <&5
  equal "$(hex_at 8 4)" 01000000
  stop
}

a_new_header_begins_afresh() {
  server misbehave new-header
  client 0 receive
  read -r line <&5; equal "$line" done
  equal "$(hex_at 0 32)" 0040000000000000000000000000000000000000000000000000000000000000
  stop
}

another_header_has_another_size() {
  misbehaving other-header --buffer-size 1000
  equal "$(hex_at 0 24)" f40100000000000000000000000000000000000000000000
  stop
}

another_layout_has_its_message_elsewhere() {
  misbehaving other-layout
  equal "$(hex_at 0 16)$(hex_at 16 14)" 01000000000000000e00000000000000616e6f74686572206c61796f7574
  stop
}

a_name_of_the_wrong_kind_is_error_6() {
  misbehaving event-for-section
  client 1 echo; contains "$out" "can't open the section Local\\MySharedMemory: error 6 "
  stop
  misbehaving section-for-event
  out=$("$client" server echo 2>&1 </dev/null); equal $? 1
  contains "$out" "can't create the event Local\\MyEventS2C: error 6 "
  stop
}

a_struct_lies_as_its_compiler_lays_it_out() {
  server struct --count 1
  read -r line <&5
  client 4 receive --count 2
  case $line in
    'order 60') numbers=07003c0001000000419c0000400001000100000001000000000000006400000000000000
                rest=21474c4f42455800000000000000000000285a40ae8ecfa3 ;;
    'order 88') numbers=07005800000000000100000000000000419c0000000000004000010000000000
                numbers=${numbers}010000000100000000000000000000006400000000000000
                rest=21474c4f4245580000000000000000000000000000285a40e414ecfd00000000 ;;
    *) fail "no ABI of this system gives [$line]" ;;
  esac
  equal "$out" "ready
message ${line#order } $numbers$rest
exit"
  finished 0
}

bad_usage_is_status_2() {
  for arguments in '' 'host echo' 'server' 'server sing' 'server echo --rate 3' 'server flood' 'server send' \
    'server send --hex 0g' 'server receive --timeout -1' 'client misbehave huge-header' 'server misbehave' \
    'server --layout fixed --buffer-size 64 echo' 'server --buffer-size 0 echo' 'server echo --name'; do
    # shellcheck disable=SC2086 # the words are the arguments
    out=$("$server" $arguments 2>&1 </dev/null); equal "$? $arguments" "2 $arguments"
    contains "$out" 'see --help'
  done
  [ ! -e "$SHMSCOPE_RUNTIME_DIR" ] || fail "something was created"
  mkdir "$SHMSCOPE_RUNTIME_DIR"; : >"$SHMSCOPE_RUNTIME_DIR/.lock"
}

"$rule"
nothing_left
