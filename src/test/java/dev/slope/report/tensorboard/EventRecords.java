package dev.slope.report.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

/** Reads event files without TensorFlow: TFRecords with checksums, each an Event. */
public final class EventRecords {
  private EventRecords() {}

  /** Every event of a file, in order; fails where a checksum is wrong. */
  public static List<Event> read(byte[] file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = checked(bytes, Long.BYTES);
      long size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
      events.add(Event.parseFrom(checked(bytes, Math.toIntExact(size))));
    }
    return events;
  }

  private static byte[] checked(ByteBuffer file, int size) {
    byte[] bytes = new byte[size];
    file.get(bytes);
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    // Rotated by 15 bits and offset, as crc32c.h masks it.
    int masked = Integer.rotateRight((int) sum.getValue(), 15) + 0xa282ead8;
    if (masked != file.getInt()) {
      throw new AssertionError("the checksum of " + size + " bytes is wrong");
    }
    return bytes;
  }

  /** The values of a tag by their steps; fails where a step has two. */
  public static SortedMap<Long, Summary.Value> byStep(List<Event> events, String tag) {
    TreeMap<Long, Summary.Value> values = new TreeMap<>();
    for (Event event : events) {
      for (Summary.Value value : event.getSummary().getValueList()) {
        if (value.getTag().equals(tag) && values.put(event.getStep(), value) != null) {
          throw new AssertionError(tag + " is there twice at step " + event.getStep());
        }
      }
    }
    return values;
  }

  /** The value of a tag at a step; fails where there is none. */
  public static Summary.Value at(List<Event> events, String tag, long step) {
    return Objects.requireNonNull(byStep(events, tag).get(step), tag);
  }

  /** The scalars of a tag by their steps; fails where a value is something else. */
  public static SortedMap<Long, Float> scalars(List<Event> events, String tag) {
    TreeMap<Long, Float> scalars = new TreeMap<>();
    byStep(events, tag)
        .forEach(
            (step, value) -> {
              if (!value.hasSimpleValue()) {
                throw new AssertionError(tag + " is no scalar: " + value);
              }
              scalars.put(step, value.getSimpleValue());
            });
    return scalars;
  }
}
