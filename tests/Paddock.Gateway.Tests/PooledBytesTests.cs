using System.Buffers;
using Paddock.Core.Identity;
using Paddock.Gateway.Execute;
using Paddock.Gateway.Receive;

namespace Paddock.Gateway.Tests;

/// <summary>Memory that something may still read or write does not become another call's.</summary>
public class PooledBytesTests
{
    private const int Size = 1 << 20;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_request_that_is_still_being_sent_when_its_call_ends_keeps_its_bytes(bool sent)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Size);
        var lease = new BufferLimits(new()).TryTake(KeyId.Create(Guid.Empty), Size)!;
        var body = new ReceivedBody(bytes, Size, lease);
        body.Lend();
        if (sent)
        {
            body.TakeBack();
        }

        body.Dispose();

        IsRentedAgain(bytes).ShouldBe(sent);
        Should.Throw<ObjectDisposedException>(() => body.Lend());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_read_that_was_left_behind_keeps_its_buffer(bool completed)
    {
        var buffer = new StreamBuffer();
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray<byte>(buffer.Room, out var room).ShouldBeTrue();
        buffer.Fill(completed ? Task.CompletedTask : new TaskCompletionSource().Task);

        buffer.Dispose();

        IsRentedAgain(room.Array!).ShouldBe(completed); // it is an array's
    }

    private static bool IsRentedAgain(byte[] bytes)
    {
        var next = ArrayPool<byte>.Shared.Rent(bytes.Length);
        ArrayPool<byte>.Shared.Return(next);
        return ReferenceEquals(bytes, next);
    }
}
