/**
 * Groups of members that a person can name: RFM quintiles with fixed segments, and k-means personas on scaled features,
 * named from a fixed vocabulary. Plain Java; the same members in any order give the same groups.
 *
 * <pre>
 * FeatureMatrix → Scaler → extremes set apart → PersonaSearch (k-means for each k: silhouette, stability, size)
 *                                                     → PersonaModel → PersonaNaming
 * </pre>
 */
@NullMarked
package org.assidu.analytics.model.persona;

import org.jspecify.annotations.NullMarked;
