package dev.emend.stream;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Native memory that all local stores of one app share, so that the number of stores and tasks does
 * not matter. Closed by its app after the stores. Thread-safe.
 */
final class RocksMemory implements AutoCloseable {
  /** Under this name the stores find it in the configuration. */
  static final String SETTING = "emend.stream.rocks.memory";

  private static final int BLOCK_BYTES = 16 * 1024;

  static {
    RocksDB.loadLibrary();
  }

  private final Cache cache;
  private final WriteBufferManager writeBuffers;

  RocksMemory(StateSettings settings) {
    this.cache = new LRUCache(settings.cache().bytes());
    this.writeBuffers = new WriteBufferManager(settings.writeBuffers().bytes(), cache);
  }

  /** Native memory in use, write buffers included. */
  long usedBytes() {
    return cache.isOwningHandle() ? cache.getUsage() : 0;
  }

  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }

  /** Gives each store its share; Kafka makes it by its class name. */
  public static final class Setter implements RocksDBConfigSetter {
    /** For Kafka. */
    public Setter() {}

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
      RocksMemory memory = (RocksMemory) configs.get(SETTING);
      if (memory == null) {
        throw new IllegalArgumentException(SETTING + " is missing");
      }
      BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
      table.setBlockCache(memory.cache);
      table.setBlockSize(BLOCK_BYTES);
      table.setCacheIndexAndFilterBlocks(true);
      options.setTableFormatConfig(table);
      options.setWriteBufferManager(memory.writeBuffers);
    }

    @Override
    public void close(String storeName, Options options) {
      // The memory is shared and outlives each store.
    }
  }
}
