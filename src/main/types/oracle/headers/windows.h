/* A header as programs for Windows have it. */
#pragma once
#ifndef _ORDERS_H_
#define _ORDERS_H_

#ifdef __cplusplus
extern "C" {
#endif

#include <windows.h>
#include <tchar.h>
#include <pshpack1.h>
typedef struct _PKT {
    BYTE  Kind;
    DWORD Len;
} PKT, *PPKT, FAR *LPPKT;
#include <poppack.h>
#include <pshpack2.h>
typedef struct _PKT2 { BYTE Kind; LONGLONG At; double d; } PKT2;
#include <poppack.h>

typedef LRESULT (CALLBACK *WNDPROC_T)(HWND, UINT, WPARAM, LPARAM);
typedef void (__stdcall *PFN)(void *ctx);
EXTERN_C __declspec(dllimport) int WINAPI OpenOrders(_In_ HANDLE h, PPKT p);
DECLARE_HANDLE(HORDER);

typedef struct _INFO {
    DWORD cbSize;
    HANDLE hProcess;
    HORDER hOrder;
    LARGE_INTEGER liTime;
    BYTE pad;
    SYSTEMTIME st;
    FILETIME ft;
    GUID id;
    BOOL fOk;
    BOOLEAN b;
    WCHAR szName[MAX_PATH];
    CHAR name[32];
    ULONG_PTR Reserved;
    LPCTSTR lpsz;
    BYTE pad2;
    POINT pt;
    RECT rc;
    SIZE sz;
    COORD coord;
    SMALL_RECT sr;
    POINTS pts;
    LUID luid;
    PPKT next;
    LIST_ENTRY list;
    OVERLAPPED ov;
    SECURITY_ATTRIBUTES sa;
    PROCESS_INFORMATION pi;
    MSG msg;
    COPYDATASTRUCT cds;
    RGBQUAD rgb;
    BITMAPINFOHEADER bmi;
    TIME_ZONE_INFORMATION tz;
    WIN32_FIND_DATAA fda;
    WIN32_FIND_DATAW fdw;
    LPRECT lprc;
    LPGUID pid;
    LPSYSTEMTIME pst;
    PULONGLONG pull;
    LPCWSTR w;
    COLORREF color;
    HRESULT hr;
    ATOM atom;
    DWORD_PTR dp;
    SSIZE_T ss;
    time_t t;
    long l;
    unsigned long ul;
    size_t n;
    wchar_t wc;
} INFO, *PINFO;

#define N 16
#define M (N * 2 + sizeof(DWORD))
#define CELLS(n) CHAR n[M]
typedef struct _GRID { CELLS(x); int y[N][2]; BYTE tail[1 << 3 | 1]; } GRID;

typedef struct _VARIANT_LIKE {
    WORD vt;
    union {
        struct { WORD lo; WORD hi; } DUMMYSTRUCTNAME;
        LONGLONG ll;
        double dbl;
    } DUMMYUNIONNAME;
} VARIANT_LIKE;

typedef struct _FLAGS {
    DWORD a : 3;
    DWORD b : 30;
    BYTE c : 4;
    BYTE d : 5;
    USHORT e : 9;
    ULONGLONG f : 40;
    int : 0;
    unsigned g : 1;
    BOOL h : 1;
    LONG i : 7;
} FLAGS;

#pragma pack(push, r1, 1)
typedef struct tagP1 { char a; long b; FLAGS f; } P1;
#pragma pack(push, r2, 2)
typedef struct tagP2 { char a; long b; double d; } P2;
#pragma pack(pop, r1)
typedef struct tagP0 { char a; long b; P1 p; } P0;
#pragma pack(4)
typedef struct tagP4 { char a; double b; LARGE_INTEGER c; } P4;
#pragma pack()
_Pragma("pack(push, 1)") typedef struct tagPQ { char a; int b; } PQ; _Pragma("pack(pop)")
C_ASSERT(sizeof(PKT) == 5);
_Static_assert(sizeof(PKT2) == 18, "PKT2");

typedef struct DECLSPEC_ALIGN(16) _AL2 { int a; } AL2;
struct AL3 { char a; DECLSPEC_ALIGN(8) char b; };

#ifdef _WIN64
typedef struct _WORDSIZE { ULONG64 Base; } WORDSIZE;
#else
typedef struct _WORDSIZE { ULONG Base; } WORDSIZE;
#endif

typedef enum _KIND { KindA, KindB = 0x10, KindC } KIND;
typedef enum _SIGNED { Low = -1, High } SIGNED_KIND;
typedef struct _CALLS { PFN fn; WNDPROC_T proc; int (__cdecl *cmp)(const void *, const void *); KIND k; SIGNED_KIND s; } CALLS;
typedef struct _VAR1 { DWORD n; BYTE data[ANYSIZE_ARRAY]; } VAR1;
typedef struct _VAR0 { DWORD n; WORD data[0]; } VAR0;

#ifdef __cplusplus
}
#endif
#endif /* _ORDERS_H_ */
