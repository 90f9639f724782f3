/**
 * Customer lifetime value models in plain Java: repeat purchases (BG/NBD, MBG/NBD, Pareto/NBD, NBD; BG/BB where buying comes in opportunities), spend
 * (Gamma-Gamma), their fitting, checking and valuation. No Spark here: a job groups customers into a {@link
 * org.assidu.analytics.model.SummaryTable} and joins the scores back.
 *
 * <pre>
 * customers → SummaryTable → PurchaseFitter → PurchaseFit → DropoutDiagnosis ─┐
 *                                   └→ HoldOut (model beside baselines) ──────┴→ ModelChoice → DiscountedValue
 * </pre>
 */
@NullMarked
package org.assidu.analytics.model;

import org.jspecify.annotations.NullMarked;
