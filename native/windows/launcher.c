/*
 * shmscope.exe: runs the command line on the Node.js that lies beside it, and ends with the same status.
 * An .exe, because a .cmd asks "Terminate batch job?" at Ctrl+C, and other programs can't start one without a shell.
 */
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#define NODE L"lib\\node.exe"
#define PROGRAM L"lib\\out\\main\\cli.js"
/* The longest command line of Windows, in characters, its NUL included. */
#define MAX_COMMAND_LINE 32768

static int fail(const wchar_t *sentence) {
  fwprintf(stderr, L"shmscope: %ls\n", sentence);
  return 1;
}

static int cannot_start(void) {
  wchar_t sentence[160];
  const wchar_t *format = L"lib\\node.exe beside this program could not be started (error %lu). Unpack the whole folder again.";
  swprintf(sentence, 160, format, GetLastError());
  return fail(sentence);
}

/* This program's folder, with a backslash at its end; to be freed. NULL when it is not known. */
static wchar_t *own_folder(void) {
  wchar_t *path = malloc(MAX_COMMAND_LINE * sizeof *path);
  DWORD length = path ? GetModuleFileNameW(NULL, path, MAX_COMMAND_LINE) : 0;
  if (length == 0 || length == MAX_COMMAND_LINE) {
    free(path);
    return NULL;
  }
  wcsrchr(path, L'\\')[1] = 0;
  return path;
}

/* What was typed behind the program's name, as it was typed: nothing is parsed and quoted again. */
static const wchar_t *arguments(void) {
  const wchar_t *at = GetCommandLineW();
  int quoted = 0;
  for (; *at && (quoted || (*at != L' ' && *at != L'\t')); at++) {
    if (*at == L'"') quoted = !quoted;
  }
  return at;
}

/* The whole command line for node.exe; to be freed. NULL when it would be too long. */
static wchar_t *command_line(const wchar_t *folder) {
  wchar_t *line = malloc(MAX_COMMAND_LINE * sizeof *line);
  const wchar_t *format = L"\"%ls" NODE L"\" --disable-warning=ExperimentalWarning \"%ls" PROGRAM L"\"%ls";
  if (line && swprintf(line, MAX_COMMAND_LINE, format, folder, folder, arguments()) < 0) {
    free(line);
    line = NULL;
  }
  return line;
}

/* Node.js decides what Ctrl+C means; this program only waits for its end. */
static BOOL WINAPI leave_to_node(DWORD event) { return event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT; }

/* A job in which Node.js ends with this program, however that ends. What Node.js starts (a browser) is not in it. */
static HANDLE shared_end(void) {
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
  HANDLE job = CreateJobObjectW(NULL, NULL);
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK;
  if (job) SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
  return job;
}

static int run(wchar_t *line) {
  STARTUPINFOW startup = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES};
  PROCESS_INFORMATION node;
  DWORD status = 1;
  startup.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
  startup.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
  startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
  SetConsoleCtrlHandler(leave_to_node, TRUE);
  /* Meant for another Node.js of this machine. */
  SetEnvironmentVariableW(L"NODE_OPTIONS", NULL);
  if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, CREATE_SUSPENDED, NULL, NULL, &startup, &node))
    return cannot_start();
  AssignProcessToJobObject(shared_end(), node.hProcess);
  ResumeThread(node.hThread);
  WaitForSingleObject(node.hProcess, INFINITE);
  GetExitCodeProcess(node.hProcess, &status);
  return (int)status;
}

int wmain(void) {
  wchar_t *folder = own_folder();
  wchar_t *line = folder ? command_line(folder) : NULL;
  return line ? run(line) : fail(L"The command line is longer than Windows allows. Give the bytes in a file: --send-file.");
}
