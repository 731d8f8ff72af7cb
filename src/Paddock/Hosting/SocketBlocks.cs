using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Paddock.Hosting;

/// <summary>
/// Memory for what sockets read and write, in blocks of 32 KiB instead of Kestrel's 4: agents send their whole conversation with every
/// turn, and each block costs a system call and a walk through the server. Idle connections hold none.
/// </summary>
internal sealed class SocketBlocks : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private const int BlockBytes = 32 << 10;

        /// <summary>Blocks kept when they are free, 16 MiB of them; a crowd's peak goes back to the collector.</summary>
        private const int MostKept = 512;

        private readonly ConcurrentQueue<Block> free = new();
        private bool ended;

        public override int MaxBufferSize => BlockBytes;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
            return free.TryDequeue(out var block) ? block : new Block(this);
        }

        protected override void Dispose(bool disposing)
        {
            ended = true;
            free.Clear();
        }

        private void Return(Block block)
        {
            if (!ended && free.Count < MostKept)
            {
                free.Enqueue(block);
            }
        }

        private sealed class Block(Pool pool) : IMemoryOwner<byte>
        {
            // On the pinned heap: the kernel reads and writes it where it is.
            public Memory<byte> Memory { get; } = System.Runtime.InteropServices.MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true), 0, BlockBytes);

            public void Dispose() => pool.Return(this);
        }
    }
}
