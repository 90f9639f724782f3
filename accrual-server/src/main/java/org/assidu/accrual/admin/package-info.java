/**
 * For operators and programme owners: health, status, publication, catalogue, cards, export and drain. What it shares with
 * the services of tills (errors, receipt mapping, threads for slow calls) comes from {@code grpc}.
 */
@NullMarked
package org.assidu.accrual.admin;

import org.jspecify.annotations.NullMarked;
