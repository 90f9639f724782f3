package org.assidu.accrual.load;

import org.assidu.accrual.model.ProductEntry;

/**
 * A made-up article.
 *
 * @param category path of the category, levels separated by "/"
 * @param priceMinor price of a piece or a kilogram, VAT included
 * @param unitCostMinor purchase cost of the same, without VAT
 */
public record SyntheticProduct(
        String sku,
        String name,
        String category,
        String brand,
        int priceMinor,
        int vatRateHundredths,
        int unitCostMinor,
        boolean weighed,
        boolean giftCard) {
    /** As the catalogue import takes it. */
    public ProductEntry entry(String currency) {
        return new ProductEntry(sku, name, category, brand, (long) unitCostMinor, currency, 0, 0);
    }
}
