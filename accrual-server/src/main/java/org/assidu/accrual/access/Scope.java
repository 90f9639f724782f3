package org.assidu.accrual.access;

/** How far a role reaches with a method; a later one reaches further. */
public enum Scope {
    /** Only requests about the caller, who is a member. */
    SELF,
    /** Only requests that name stores of the caller, and no request without a store. */
    OWN_STORES,
    /** Every request. */
    ANY
}
