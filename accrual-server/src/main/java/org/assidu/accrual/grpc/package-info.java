/**
 * gRPC services of tills and service desks: wire mapping, flow control, errors.
 *
 * <pre>
 *  event loop                                  answers thread            event loop
 *  message → columns, members → SalesItem ┐  ┌ outcomes → results → transport, when it is ready
 *            (SalesMapper)                ring          (ResultMapper)        └ asks for as many messages more
 * </pre>
 *
 * A stream asks for a message only while its unanswered ones are few, so neither a full ring nor a slow reader makes memory
 * grow. Calls that read files or wait run on {@code BlockingCalls}, never on an event loop.
 */
@NullMarked
package org.assidu.accrual.grpc;

import org.jspecify.annotations.NullMarked;
