package org.assidu.analytics.model.persona;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Members by features, sorted by member key so that nothing downstream depends on the order of arrival. */
public final class FeatureMatrix {

    private final List<Feature> features;
    private final String[] members;
    private final double[][] values;

    /** Takes one row of values a member, in the order of the features. */
    public FeatureMatrix(List<Feature> features, Map<String, double[]> rowsByMember) {
        this.features = List.copyOf(features);
        this.members =
                rowsByMember.keySet().stream().sorted(Comparator.naturalOrder()).toArray(String[]::new);
        this.values = new double[members.length][];
        for (int i = 0; i < members.length; i++) {
            double[] row = rowsByMember.get(members[i]);
            if (row == null || row.length != features.size()) {
                throw new IllegalArgumentException("member " + members[i] + " needs " + features.size() + " values");
            }
            for (int j = 0; j < row.length; j++) {
                if (!Double.isFinite(row[j])) {
                    throw new IllegalArgumentException(
                            "member " + members[i] + ": " + features.get(j).key() + " is " + row[j]);
                }
            }
            values[i] = row.clone();
        }
    }

    public List<Feature> features() {
        return features;
    }

    public int size() {
        return members.length;
    }

    public String member(int row) {
        return members[row];
    }

    public double value(int row, int feature) {
        return values[row][feature];
    }

    /** Position of a feature, or -1. */
    public int indexOf(String key) {
        for (int i = 0; i < features.size(); i++) {
            if (features.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    double[] column(int feature) {
        double[] column = new double[members.length];
        for (int i = 0; i < members.length; i++) {
            column[i] = values[i][feature];
        }
        return column;
    }
}
