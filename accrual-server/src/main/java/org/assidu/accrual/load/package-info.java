/** Generator and importers: clients of the gRPC contract. */
@NullMarked
package org.assidu.accrual.load;

import org.jspecify.annotations.NullMarked;
