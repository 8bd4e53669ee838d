package dev.slope.features;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * Buckets of texts as TensorFlow's {@code StringToHashBucketFast} has them: FarmHash's
 * Fingerprint64 of the UTF-8 bytes, unsigned, modulo the number of buckets.
 */
final class HashBuckets {
  private static final HashFunction FINGERPRINT = Hashing.farmHashFingerprint64();

  private HashBuckets() {}

  static int of(String text, int buckets) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return of(bytes, 0, bytes.length, buckets);
  }

  static int of(byte[] bytes, int from, int length, int buckets) {
    long fingerprint = FINGERPRINT.hashBytes(bytes, from, length).asLong();
    return (int) Long.remainderUnsigned(fingerprint, buckets);
  }
}
