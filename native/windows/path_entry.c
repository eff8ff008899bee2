/*
 * shmscope-path.exe add|remove FOLDER: puts a folder into the user's PATH, or takes it out. For the installer, whose
 * own language cuts long values off, and would lose a PATH with them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

/* A PATH as the registry holds it. */
typedef struct {
  wchar_t *text;
  /* REG_SZ or REG_EXPAND_SZ: the second keeps its %NAMES%, so a value stays what it was. */
  DWORD type;
} path_value;

static int fail(const wchar_t *what, LONG code) {
  fwprintf(stderr, L"shmscope-path: %ls (error %ld). The PATH was not changed.\n", what, code);
  return 1;
}

/*
 * Reads the value; an empty one where there is none. Its text has room for `extra` more characters, and is to be freed.
 */
static LONG read_path(HKEY key, size_t extra, path_value *path) {
  DWORD bytes = 0;
  LONG result = RegQueryValueExW(key, L"Path", NULL, &path->type, NULL, &bytes);
  if (result == ERROR_FILE_NOT_FOUND) {
    bytes = 0;
    path->type = REG_EXPAND_SZ;
  } else if (result != ERROR_SUCCESS) {
    return result;
  } else if (path->type != REG_SZ && path->type != REG_EXPAND_SZ) {
    return ERROR_INVALID_DATA;
  }
  path->text = calloc(bytes / sizeof(wchar_t) + extra + 2, sizeof(wchar_t));
  if (!path->text) return ERROR_NOT_ENOUGH_MEMORY;
  return bytes ? RegQueryValueExW(key, L"Path", NULL, NULL, (BYTE *)path->text, &bytes) : ERROR_SUCCESS;
}

/* An entry without its quotes and without the backslashes at its end. */
static void strip(const wchar_t **entry, size_t *length) {
  if (*length >= 2 && **entry == L'"' && (*entry)[*length - 1] == L'"') {
    *entry += 1;
    *length -= 2;
  }
  while (*length > 0 && (*entry)[*length - 1] == L'\\') *length -= 1;
}

static int same_folder(const wchar_t *entry, size_t length, const wchar_t *folder) {
  size_t folder_length = wcslen(folder);
  strip(&entry, &length);
  strip(&folder, &folder_length);
  return length == folder_length && _wcsnicmp(entry, folder, length) == 0;
}

/* Where the entry ends that begins at `at`. A semicolon within quotes is part of it. */
static wchar_t *end_of_entry(wchar_t *at) {
  int quoted = 0;
  for (; *at && (quoted || *at != L';'); at++) {
    if (*at == L'"') quoted = !quoted;
  }
  return at;
}

/* Takes every entry that is `folder` out of `text`. */
static void remove_folder(wchar_t *text, const wchar_t *folder) {
  for (wchar_t *at = text; *at;) {
    wchar_t *end = end_of_entry(at);
    if (!same_folder(at, (size_t)(end - at), folder)) {
      at = *end ? end + 1 : end;
    } else if (*end) {
      memmove(at, end + 1, (wcslen(end + 1) + 1) * sizeof *at);
    } else {
      /* The last one takes the semicolon before it along. */
      *(at > text ? at - 1 : at) = 0;
      return;
    }
  }
}

static void add_folder(wchar_t *text, const wchar_t *folder) {
  size_t length = wcslen(text);
  const wchar_t *quote = wcschr(folder, L';') ? L"\"" : L"";
  if (length > 0 && text[length - 1] != L';') wcscat(text, L";");
  wcscat(text, quote);
  wcscat(text, folder);
  wcscat(text, quote);
}

static LONG write_path(HKEY key, const path_value *path) {
  DWORD bytes = (DWORD)((wcslen(path->text) + 1) * sizeof(wchar_t));
  return RegSetValueExW(key, L"Path", 0, path->type, (const BYTE *)path->text, bytes);
}

/* Programs that are started from now on see the new PATH. */
static void tell_everyone(void) {
  SendMessageTimeoutW(HWND_BROADCAST, WM_SETTINGCHANGE, 0, (LPARAM)L"Environment", SMTO_ABORTIFHUNG, 1000, NULL);
}

static int change(int adds, const wchar_t *folder) {
  path_value path = {NULL, 0};
  HKEY key;
  LONG result = RegCreateKeyExW(HKEY_CURRENT_USER, L"Environment", 0, NULL, 0, KEY_READ | KEY_WRITE, NULL, &key, NULL);
  if (result != ERROR_SUCCESS) return fail(L"The user's environment can't be opened", result);
  /* Room for a semicolon and two quotes. */
  result = read_path(key, wcslen(folder) + 3, &path);
  if (result == ERROR_SUCCESS) {
    remove_folder(path.text, folder);
    if (adds) add_folder(path.text, folder);
    result = write_path(key, &path);
  }
  free(path.text);
  RegCloseKey(key);
  if (result != ERROR_SUCCESS) return fail(L"The user's PATH can't be read or written", result);
  tell_everyone();
  return 0;
}

int wmain(int count, wchar_t **arguments) {
  int adds = count == 3 && wcscmp(arguments[1], L"add") == 0;
  int removes = count == 3 && wcscmp(arguments[1], L"remove") == 0;
  if ((adds || removes) && *arguments[2]) return change(adds, arguments[2]);
  fputws(L"usage: shmscope-path add|remove FOLDER\n", stderr);
  return 2;
}
