/** gRPC services: wire mapping, flow control, errors. */
@NullMarked
package org.assidu.accrual.grpc;

import org.jspecify.annotations.NullMarked;
