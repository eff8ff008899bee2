#include "behaviours.h"

const struct behaviour_entry behaviours[BEHAVIOUR_COUNT] = {
    [BEHAVIOUR_ECHO] = {"echo", run_echo, "  echo [--count N]                   sends back every message\n"},
    [BEHAVIOUR_SEND] = {"send", run_send,
                        "  send TEXT... [--hex HEX]... [--interval MS] [--timeout MS]\n"
                        "                                     sends in the order given; each must be read in time (10000)\n"},
    [BEHAVIOUR_GREET] = {"greet", run_greet,
                         "  greet TEXT [--on-input]            sends it once, cut off where it doesn't fit, whether it is read or\n"
                         "                                     not, prints \"sent\", and takes what it gets until it is stopped\n"},
    [BEHAVIOUR_RECEIVE] = {"receive", run_receive,
                           "  receive [--count N] [--timeout MS] prints N results (1), 0 for no limit, a line each:\n"
                           "                                     message LENGTH HEX, timeout, exit, error FLAG\n"},
    [BEHAVIOUR_FLOOD] = {"flood", run_flood,
                         "  flood [--count N] [--seconds S] [--rate PER_S] [--size BYTES] [--timeout MS]\n"
                         "                                     numbered messages (64 bytes), each after the last was read\n"},
    [BEHAVIOUR_DRAIN] = {"drain", run_drain, "  drain [--count N]                  reads as fast as it can, prints how many\n"},
    [BEHAVIOUR_PINGPONG] = {"pingpong", run_pingpong,
                            "  pingpong [--count N] [--seconds S] [--size BYTES] [--timeout MS]\n"
                            "                                     round trips with an echo (256 bytes), prints how many a second\n"},
    [BEHAVIOUR_TALK] = {"talk", run_talk, "  talk [--interval MS]               lively traffic; answers what it gets\n"},
    [BEHAVIOUR_SCRIPT] = {"script", run_script,
                        "  script [--timeout MS]              does what its standard input says, a line each, until that ends:\n"
                        "                                     \"send HEX\" and \"exit\", the last message read in time (10000), say\n"
                        "                                     sent; \"receive MS\" says data HEX ..., message LENGTH; each may say\n"
                        "                                     timeout, exit, error FLAG or failed\n"},
    [BEHAVIOUR_STRUCT] = {"struct", run_struct,
                          "  struct [--count N] [--interval MS] [--timeout MS]\n"
                          "                                     sends the struct of order.h as its compiler lays it out (one each\n"
                          "                                     500 ms), each when the last was read; prints \"order BYTES\" first\n"},
    [BEHAVIOUR_MISBEHAVE] = {"misbehave", run_misbehave,
                             "  misbehave KIND [--on-input] [--delay MS] [--seed N] [--timeout MS]\n"
                             "                                     departs from the protocol, prints \"done\", then holds the\n"
                             "                                     channel until standard input closes; waits before for\n"
                             "                                     anything on standard input, and so long; a seed (0: none) varies\n"
                             "                                     what is sent, how much that is proper comes before, and when;\n"
                             "                                     that must be read in time (10000; 0: nothing comes before)\n"},
};
