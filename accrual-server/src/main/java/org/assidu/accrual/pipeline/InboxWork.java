package org.assidu.accrual.pipeline;

/** What a slot of the ring holds. */
sealed interface InboxWork permits SalesItem, ControlItem {}
