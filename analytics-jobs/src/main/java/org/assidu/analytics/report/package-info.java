/**
 * One file a report. A report turns features into a {@link org.assidu.analytics.report.Section}: figures, plots and tables
 * with their units and words in both languages, its definitions, and what is censored or incomplete. It knows no HTML.
 */
@NullMarked
package org.assidu.analytics.report;

import org.jspecify.annotations.NullMarked;
