#include "os.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

struct os_event {
  HANDLE handle;
};

static char error_text[512] = "no error";

const char *os_error_text(void) { return error_text; }

static void fail(DWORD code) {
  wchar_t wide[200] = L"";
  char text[400] = "";
  DWORD flags = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK;
  DWORD length = FormatMessageW(flags, NULL, code, 0, wide, 200, NULL);
  while (length > 0 && (wide[length - 1] == L' ' || wide[length - 1] == L'.')) wide[--length] = 0;
  WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, sizeof text, NULL, NULL);
  snprintf(error_text, sizeof error_text, "error %lu (%s)", (unsigned long)code, text);
}

bool os_fail(uint32_t code, const char *text) {
  snprintf(error_text, sizeof error_text, "error %lu (%s)", (unsigned long)code, text);
  return false;
}

/* Wide copy of UTF-8, to be freed. NULL if it isn't UTF-8 or there is no memory. */
static wchar_t *widen(const char *utf8) {
  int length = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, utf8, -1, NULL, 0);
  wchar_t *wide = length > 0 ? malloc((size_t)length * sizeof *wide) : NULL;
  if (wide)
    MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, utf8, -1, wide, length);
  else
    fail(length > 0 ? ERROR_NOT_ENOUGH_MEMORY : ERROR_INVALID_NAME);
  return wide;
}

static char *narrow(const wchar_t *wide) {
  int length = WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, wide, -1, NULL, 0, NULL, NULL);
  char *utf8 = length > 0 ? malloc((size_t)length) : NULL;
  if (utf8) WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, wide, -1, utf8, length, NULL, NULL);
  return utf8;
}

/* Maps all of the section, or closes it. */
static os_section *new_section(HANDLE handle) {
  os_section *section = calloc(1, sizeof *section);
  MEMORY_BASIC_INFORMATION region;
  if (section) section->view = MapViewOfFile(handle, FILE_MAP_ALL_ACCESS, 0, 0, 0);
  if (section && section->view && VirtualQuery(section->view, &region, sizeof region) != 0) {
    section->extent = region.RegionSize;
    section->handle = handle;
    return section;
  }
  fail(section ? GetLastError() : ERROR_NOT_ENOUGH_MEMORY);
  if (section && section->view) UnmapViewOfFile(section->view);
  CloseHandle(handle);
  free(section);
  return NULL;
}

os_section *os_section_create(const char *name, uint64_t bytes, bool *existed) {
  wchar_t *wide = widen(name);
  if (!wide) return NULL;
  HANDLE handle =
      CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, (DWORD)(bytes >> 32), (DWORD)bytes, wide);
  DWORD code = GetLastError();
  free(wide);
  *existed = code == ERROR_ALREADY_EXISTS;
  if (handle) return new_section(handle);
  fail(code);
  return NULL;
}

os_section *os_section_open(const char *name) {
  wchar_t *wide = widen(name);
  if (!wide) return NULL;
  HANDLE handle = OpenFileMappingW(FILE_MAP_ALL_ACCESS, FALSE, wide);
  DWORD code = GetLastError();
  free(wide);
  if (handle) return new_section(handle);
  fail(code);
  return NULL;
}

void os_section_close(os_section *section) {
  if (!section) return;
  UnmapViewOfFile(section->view);
  CloseHandle(section->handle);
  free(section);
}

static os_event *get_event(const char *name, bool create, bool manual) {
  wchar_t *wide = widen(name);
  if (!wide) return NULL;
  HANDLE handle =
      create ? CreateEventW(NULL, manual, FALSE, wide) : OpenEventW(SYNCHRONIZE | EVENT_MODIFY_STATE, FALSE, wide);
  DWORD code = GetLastError();
  free(wide);
  os_event *event = handle ? malloc(sizeof *event) : NULL;
  if (event) {
    event->handle = handle;
    return event;
  }
  if (handle) CloseHandle(handle);
  fail(handle ? ERROR_NOT_ENOUGH_MEMORY : code);
  return NULL;
}

os_event *os_event_create(const char *name, bool manual) { return get_event(name, true, manual); }

os_event *os_event_open(const char *name) { return get_event(name, false, false); }

void os_event_close(os_event *event) {
  if (!event) return;
  CloseHandle(event->handle);
  free(event);
}

bool os_event_set(os_event *event) {
  if (SetEvent(event->handle)) return true;
  fail(GetLastError());
  return false;
}

os_wait os_event_wait(os_event *event, uint32_t milliseconds) {
  DWORD result = WaitForSingleObject(event->handle, milliseconds);
  if (result == WAIT_OBJECT_0) return OS_WAIT_SIGNALLED;
  if (result == WAIT_TIMEOUT) return OS_WAIT_TIMEOUT;
  fail(GetLastError());
  return OS_WAIT_FAILED;
}

uint64_t os_now(void) {
  static LARGE_INTEGER frequency;
  LARGE_INTEGER count;
  if (!frequency.QuadPart) QueryPerformanceFrequency(&frequency);
  QueryPerformanceCounter(&count);
  uint64_t ticks = (uint64_t)count.QuadPart, per_second = (uint64_t)frequency.QuadPart;
  return ticks / per_second * 1000000000 + ticks % per_second * 1000000000 / per_second;
}

#ifndef CREATE_WAITABLE_TIMER_HIGH_RESOLUTION
#define CREATE_WAITABLE_TIMER_HIGH_RESOLUTION 0x2
#endif

/* Windows delays a thread to the end of a tick of up to 16 ms, and its timers are exact. In Wine it is the reverse. */
static HANDLE exact_timer(void) {
  static HANDLE timer = INVALID_HANDLE_VALUE;
  if (timer == INVALID_HANDLE_VALUE)
    timer = CreateWaitableTimerExW(NULL, NULL, CREATE_WAITABLE_TIMER_HIGH_RESOLUTION, SYNCHRONIZE | TIMER_MODIFY_STATE);
  return timer;
}

LONG NTAPI NtDelayExecution(BOOLEAN alertable, const LARGE_INTEGER *span);

static bool is_wine(void) { return GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version") != NULL; }

void os_sleep(uint64_t nanoseconds) {
  /* In units of 100 ns, negative for a time from now. */
  LARGE_INTEGER span = {.QuadPart = -(LONGLONG)((nanoseconds + 99) / 100)};
  if (is_wine())
    NtDelayExecution(FALSE, &span);
  else if (exact_timer() && SetWaitableTimer(exact_timer(), &span, 0, NULL, NULL, FALSE))
    WaitForSingleObject(exact_timer(), INFINITE);
  else
    Sleep((DWORD)((nanoseconds + 999999) / 1000000));
}

void os_relax(unsigned turn) {
  if (turn < 64)
    YieldProcessor();
  else if (turn < 2048)
    SwitchToThread();
  else
    os_sleep(1000000);
}

static volatile LONG stopping, heard;

bool os_heard_stdin(void) { return heard != 0; }

bool os_stopping(void) { return stopping != 0; }

void os_request_stop(void) { InterlockedExchange(&stopping, 1); }

static BOOL WINAPI on_control(DWORD event) {
  os_request_stop();
  /* After a console is closed the process lives as long as this handler: leave time to close the channel. */
  if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) Sleep(5000);
  return TRUE;
}

void os_catch_signals(void) { SetConsoleCtrlHandler(on_control, TRUE); }

void os_die(void) { TerminateProcess(GetCurrentProcess(), EXCEPTION_ACCESS_VIOLATION); }

static DWORD WINAPI watch_stdin(void *unused) {
  (void)unused;
  char bytes[256];
  DWORD count = 0;
  while (ReadFile(GetStdHandle(STD_INPUT_HANDLE), bytes, sizeof bytes, &count, NULL) && count > 0)
    InterlockedExchange(&heard, 1);
  os_request_stop();
  return 0;
}

bool os_watch_stdin(void) {
  HANDLE thread = CreateThread(NULL, 0, watch_stdin, NULL, 0, NULL);
  if (!thread) {
    fail(GetLastError());
    return false;
  }
  CloseHandle(thread);
  return true;
}

int wmain(int argc, wchar_t **wide) {
  char **argv = calloc((size_t)argc + 1, sizeof *argv);
  for (int i = 0; argv && i < argc; i++) {
    argv[i] = narrow(wide[i]);
    if (!argv[i]) {
      fprintf(stderr, "shm-peer: argument %d is not valid Unicode\n", i);
      return 2;
    }
  }
  if (!argv) return 1;
  _setmode(_fileno(stdout), _O_BINARY);
  return peer_main(argc, argv);
}
