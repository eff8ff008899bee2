/** The nonce that this page's Content-Security-Policy lets style elements carry. */
export function pageNonce(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
}
