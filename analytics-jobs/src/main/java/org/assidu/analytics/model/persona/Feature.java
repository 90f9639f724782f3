package org.assidu.analytics.model.persona;

/**
 * One measured trait of a member.
 *
 * @param logged whether differences count by ratio (amounts and counts): log1p is taken first
 * @param clustering whether it shapes the personas; the others only describe them
 */
public record Feature(String key, boolean logged, boolean clustering) {

    public static final String RECENCY = "recency_days";
    public static final String FREQUENCY = "orders";
    public static final String SPEND = "net_spend";
    public static final String TENURE = "tenure_days";
    public static final String BASKET = "basket_value";
    public static final String RETURNS = "returns_rate";
    public static final String PROMOTED = "promoted_share";
}
