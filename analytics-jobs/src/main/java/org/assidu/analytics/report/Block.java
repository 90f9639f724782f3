package org.assidu.analytics.report;

/** What a section shows one after the other. */
public sealed interface Block permits Chart, Table, Listing, Note {}
