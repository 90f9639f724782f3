/**
 * The customer lifetime value models on any transaction file an analyst brings: the file becomes customers' purchase
 * days, a split at the end of calibration, fitted models judged on the hold-out, and JSON or a table of them. No server,
 * no export, no Spark.
 *
 * <pre>
 * TransactionFile → Transactions → ClvSplit → ClvStudy → StudyJson, StudyText
 * </pre>
 */
@NullMarked
package org.assidu.analytics.clv;

import org.jspecify.annotations.NullMarked;
