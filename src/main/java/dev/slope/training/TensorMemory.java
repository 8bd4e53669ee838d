package dev.slope.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.tensorflow.ndarray.buffer.DataStorageVisitor;
import org.tensorflow.types.TFloat32;

/** The memory of a tensor on the host as a buffer of {@code java.nio}, which copies fast. */
final class TensorMemory {
  private TensorMemory() {}

  /**
   * All values, row by row; no longer than the tensor is open.
   *
   * @param tensor of less than 2 GiB
   */
  static FloatBuffer of(TFloat32 tensor) {
    return tensor.asRawTensor().data().accept(new Address()).asFloatBuffer();
  }

  private static final class Address implements DataStorageVisitor<ByteBuffer> {
    @Override
    public ByteBuffer visit(long start, long length, long scale) {
      Pointer memory =
          new Pointer() {
            {
              this.address = start;
            }
          };
      return new BytePointer(memory)
          .capacity(length * scale)
          .asByteBuffer()
          .order(ByteOrder.nativeOrder());
    }

    @Override
    public ByteBuffer visit(ByteBuffer buffer) {
      return buffer.duplicate().order(ByteOrder.nativeOrder());
    }

    @Override
    public ByteBuffer fallback() {
      throw new AssertionError("a tensor's memory is not native");
    }
  }
}
