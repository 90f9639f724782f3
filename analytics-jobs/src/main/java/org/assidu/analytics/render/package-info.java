/**
 * Writes sections as one self-contained page, as CSV and as JSON. Knows how numbers look in a language; counts nothing.
 */
@NullMarked
package org.assidu.analytics.render;

import org.jspecify.annotations.NullMarked;
