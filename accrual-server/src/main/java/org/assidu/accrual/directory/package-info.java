/**
 * Identifiers of people (cards, QR tokens, phone numbers, e-mail addresses) and the random member keys they stand for.
 * Nothing outside this package keeps an identifier. The store holds keyed hashes only, so that a stolen file reveals no
 * card and no phone number; every look-up is answered from memory.
 *
 * <pre>
 *   findCard ──▶ CardCache ──▶ IdentifierTable (hash → member key, in memory)
 *   findToken ─▶ KeyedHash ──▶        ▲
 *   enrol, link, block, force ────────┴──▶ DirectoryStore (MVStore file)
 * </pre>
 */
@NullMarked
package org.assidu.accrual.directory;

import org.jspecify.annotations.NullMarked;
