package org.assidu.analytics.model;

import java.util.List;

/** The purchase models, with their parameters' names in order. */
public enum PurchaseFamily {
    BG_NBD("BG/NBD", "r", "alpha", "a", "b"),
    MBG_NBD("MBG/NBD", "r", "alpha", "a", "b"),
    PARETO_NBD("Pareto/NBD", "r", "alpha", "s", "beta"),
    NBD("NBD", "r", "alpha");

    private final String label;
    private final List<String> parameterNames;

    PurchaseFamily(String label, String... parameterNames) {
        this.label = label;
        this.parameterNames = List.of(parameterNames);
    }

    public String label() {
        return label;
    }

    public List<String> parameterNames() {
        return parameterNames;
    }

    /** Whether customers can stop for good; NBD has everyone buy for ever. */
    public boolean hasDropout() {
        return this != NBD;
    }

    /** The model with these parameter values, in the order of {@link #parameterNames()}. */
    public PurchaseModel of(double... values) {
        return switch (this) {
            case BG_NBD -> new BgNbd(values[0], values[1], values[2], values[3]);
            case MBG_NBD -> new MbgNbd(values[0], values[1], values[2], values[3]);
            case PARETO_NBD -> new ParetoNbd(values[0], values[1], values[2], values[3]);
            case NBD -> new Nbd(values[0], values[1]);
        };
    }
}
