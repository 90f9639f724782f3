/**
 * Groups of members that a person can name: RFM quintiles with fixed segments, and k-means personas on scaled features,
 * named from a fixed vocabulary. Plain Java; the same members in any order give the same groups.
 *
 * <pre>
 * FeatureMatrix → Scaler → extremes set apart → PersonaSearch (k-means for each k: silhouette, stability, size)
 *                                                     → PersonaModel → PersonaNaming
 * </pre>
 *
 * <p>Names last from run to run: a model is kept as {@link org.assidu.analytics.model.persona.SavedPersonas}, which assigns
 * members without a fit and is matched with the clusters of the next one ({@code PersonaMatching}). {@link
 * org.assidu.analytics.model.persona.PersonaFlows} and {@link org.assidu.analytics.model.persona.PopulationDrift} tell what
 * members did in between, {@link org.assidu.analytics.model.persona.ExplanationTree} what a persona is.
 */
@NullMarked
package org.assidu.analytics.model.persona;

import org.jspecify.annotations.NullMarked;
