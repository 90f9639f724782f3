/**
 * Versioned byte layouts of journal records. Every payload begins with its layout version; integers are little-endian
 * base-128 varints (zig-zag where they may be negative), member keys eight little-endian bytes, texts a length and UTF-8.
 * Decoders trust nothing: whatever the bytes are, they give a value or a {@link
 * org.assidu.accrual.codec.RecordFormatException}.
 */
@NullMarked
package org.assidu.accrual.codec;

import org.jspecify.annotations.NullMarked;
