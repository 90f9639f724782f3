package org.assidu.accrual.grpc;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;

/**
 * Puts a {@link FrameGuard} where the first bytes of HTTP/2 come by: behind TLS where there is TLS, else here. gRPC tells of a
 * connection only when its first settings were read, too late to know where in the bytes a frame begins.
 */
final class FirstBytes extends ChannelInboundHandlerAdapter {
    private final ClientConnection connection;

    FirstBytes(ClientConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ChannelHandlerContext tls = context.pipeline().context(SslHandler.class);
        String before = tls == null ? context.name() : tls.name();
        context.pipeline().addAfter(before, "frame-guard", new FrameGuard(connection));
        context.fireChannelRead(message);
        context.pipeline().remove(this);
    }
}
