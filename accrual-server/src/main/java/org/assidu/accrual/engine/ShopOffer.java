package org.assidu.accrual.engine;

import org.assidu.accrual.model.OperationStatus;
import org.assidu.accrual.programme.ShopRule;

/**
 * A reward of the shop as a member finds it.
 *
 * @param priceMicro of one unit, micropoints
 * @param free units that the member may have without points
 * @param left units in stock; {@link ShopRule#UNLIMITED} = no end
 * @param status DONE when one unit can be had now, else why not
 */
public record ShopOffer(ShopRule reward, long priceMicro, long free, long left, OperationStatus status) {}
