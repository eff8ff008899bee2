/**
 * Structs from the system's headers that messages contain, as declared there: each is declared when it is used. A name
 * that the header itself declares is the header's.
 */
const DECLARATIONS = `
struct timespec { time_t tv_sec; long tv_nsec; };

struct timeval { long tv_sec; long tv_usec; };

typedef struct tagPOINT { LONG x; LONG y; } POINT, POINTL;

typedef struct tagPOINTS { SHORT x; SHORT y; } POINTS;

typedef struct tagSIZE { LONG cx; LONG cy; } SIZE, SIZEL;

typedef struct tagRECT { LONG left; LONG top; LONG right; LONG bottom; } RECT, RECTL;

typedef struct _COORD { SHORT X; SHORT Y; } COORD;

typedef struct _SMALL_RECT { SHORT Left; SHORT Top; SHORT Right; SHORT Bottom; } SMALL_RECT;

typedef struct _LUID { DWORD LowPart; LONG HighPart; } LUID;

typedef struct _LIST_ENTRY { struct _LIST_ENTRY *Flink; struct _LIST_ENTRY *Blink; } LIST_ENTRY;

typedef struct _SINGLE_LIST_ENTRY { struct _SINGLE_LIST_ENTRY *Next; } SINGLE_LIST_ENTRY;

typedef struct _UNICODE_STRING { USHORT Length; USHORT MaximumLength; PWSTR Buffer; } UNICODE_STRING;

typedef struct _STRING { USHORT Length; USHORT MaximumLength; PSTR Buffer; } STRING, ANSI_STRING;

typedef struct _OVERLAPPED { ULONG_PTR Internal; ULONG_PTR InternalHigh;
  union { struct { DWORD Offset; DWORD OffsetHigh; }; PVOID Pointer; }; HANDLE hEvent; } OVERLAPPED;

typedef struct _SECURITY_ATTRIBUTES { DWORD nLength; LPVOID lpSecurityDescriptor; BOOL bInheritHandle;
  } SECURITY_ATTRIBUTES;

typedef struct _PROCESS_INFORMATION { HANDLE hProcess; HANDLE hThread; DWORD dwProcessId; DWORD dwThreadId;
  } PROCESS_INFORMATION;

typedef struct tagMSG { HWND hwnd; UINT message; WPARAM wParam; LPARAM lParam; DWORD time; POINT pt; } MSG;

typedef struct tagCOPYDATASTRUCT { ULONG_PTR dwData; DWORD cbData; PVOID lpData; } COPYDATASTRUCT;

typedef struct tagRGBQUAD { BYTE rgbBlue; BYTE rgbGreen; BYTE rgbRed; BYTE rgbReserved; } RGBQUAD;

typedef struct tagBITMAPINFOHEADER { DWORD biSize; LONG biWidth; LONG biHeight; WORD biPlanes; WORD biBitCount;
  DWORD biCompression; DWORD biSizeImage; LONG biXPelsPerMeter; LONG biYPelsPerMeter; DWORD biClrUsed;
  DWORD biClrImportant; } BITMAPINFOHEADER;

typedef struct _TIME_ZONE_INFORMATION { LONG Bias; WCHAR StandardName[32]; SYSTEMTIME StandardDate; LONG StandardBias;
  WCHAR DaylightName[32]; SYSTEMTIME DaylightDate; LONG DaylightBias; } TIME_ZONE_INFORMATION;

typedef struct _WIN32_FIND_DATAA { DWORD dwFileAttributes; FILETIME ftCreationTime; FILETIME ftLastAccessTime;
  FILETIME ftLastWriteTime; DWORD nFileSizeHigh; DWORD nFileSizeLow; DWORD dwReserved0; DWORD dwReserved1;
  CHAR cFileName[260]; CHAR cAlternateFileName[14]; } WIN32_FIND_DATAA;

typedef struct _WIN32_FIND_DATAW { DWORD dwFileAttributes; FILETIME ftCreationTime; FILETIME ftLastAccessTime;
  FILETIME ftLastWriteTime; DWORD nFileSizeHigh; DWORD nFileSizeLow; DWORD dwReserved0; DWORD dwReserved1;
  WCHAR cFileName[260]; WCHAR cAlternateFileName[14]; } WIN32_FIND_DATAW;
`;

const BY_KEY: ReadonlyMap<string, string> = new Map(
  DECLARATIONS.trim()
    .split('\n\n')
    .flatMap((text) => {
      const tag = /struct \w+/.exec(text)?.[0] ?? '';
      const typedefs = /([\w, ]*);$/.exec(text)?.[1]?.split(',') ?? [];
      return [tag, ...typedefs.map((name) => name.trim())].filter(Boolean).map((key) => [key, text] as const);
    }),
);

/** The declaration of `POINT` or `struct timespec`; undefined for any other name. */
export const knownStruct = (key: string): string | undefined => BY_KEY.get(key);
