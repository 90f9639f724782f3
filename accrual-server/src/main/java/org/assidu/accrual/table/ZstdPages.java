package org.assidu.accrual.table;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Pages compressed by zstd directly. Parquet's own codec does the same through Hadoop's codec classes and configuration,
 * which would bring Hadoop's runtime into the server.
 */
final class ZstdPages implements CompressionCodecFactory {
    private static final int LEVEL = 3;

    /** It holds nothing, so all files share it: a compression context a file would be a megabyte for every open month. */
    static final ZstdPages INSTANCE = new ZstdPages();

    private final BytesInputCompressor compressor = new Compressor();
    private final BytesInputDecompressor decompressor = new Decompressor();

    private ZstdPages() {}

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        requireZstd(codec);
        return compressor;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        requireZstd(codec);
        return decompressor;
    }

    private static void requireZstd(CompressionCodecName codec) {
        if (codec != CompressionCodecName.ZSTD) {
            throw new IllegalArgumentException("page compression is " + codec + ", this export uses ZSTD only");
        }
    }

    @Override
    public void release() {}

    private static final class Compressor implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            return BytesInput.from(Zstd.compress(page.toByteArray(), LEVEL));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {}
    }

    private static final class Decompressor implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput page, int uncompressedSize) throws IOException {
            return BytesInput.from(decompress(page.toByteArray(), uncompressedSize));
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int uncompressedSize)
                throws IOException {
            byte[] compressed = new byte[compressedSize];
            input.get(compressed);
            output.put(decompress(compressed, uncompressedSize));
        }

        private static byte[] decompress(byte[] compressed, int uncompressedSize) throws IOException {
            byte[] page = new byte[uncompressedSize];
            long size = Zstd.decompressByteArray(page, 0, page.length, compressed, 0, compressed.length);
            if (Zstd.isError(size) || size != uncompressedSize) {
                throw new IOException(
                        "zstd page gives " + (Zstd.isError(size) ? Zstd.getErrorName(size) : size + " bytes")
                                + ", expected " + uncompressedSize + " bytes");
            }
            return page;
        }

        @Override
        public void release() {}
    }
}
