package dev.slope.training.tensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataStorageVisitor;

/** The memory of a tensor on the host as a buffer of {@code java.nio}, which copies fast. */
public final class TensorMemory {
  private TensorMemory() {}

  /**
   * All values, row by row, in the machine's order of bytes; no longer than the tensor is open.
   *
   * @param tensor of numbers, less than 2 GiB
   */
  public static ByteBuffer of(Tensor tensor) {
    return of(tensor, 0, Math.toIntExact(tensor.numBytes()));
  }

  /**
   * Some neighbouring bytes of the same; no longer than the tensor is open.
   *
   * @param first counted row by row
   */
  public static ByteBuffer of(Tensor tensor, long first, int count) {
    return tensor.asRawTensor().data().slice(first, count).accept(new Address());
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
