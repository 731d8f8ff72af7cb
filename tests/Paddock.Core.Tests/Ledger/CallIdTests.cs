using CsCheck;
using Paddock.Core.Ledger;

namespace Paddock.Core.Tests.Ledger;

public sealed class CallIdTests
{
    private static readonly Gen<DateTimeOffset> Times = Gen.Long[0, 253_402_300_799_999].Select(DateTimeOffset.FromUnixTimeMilliseconds);

    [Fact]
    public void An_id_is_a_UUID_of_version_7_that_begins_with_its_time() => Gen.Select(Times, Gen.Byte.Array[CallId.RandomBytes]).Sample((at, random) =>
    {
        var text = CallId.Create(at, random).Value.ToString("N");
        Convert.ToInt64(text[..12], 16).ShouldBe(at.ToUnixTimeMilliseconds());
        text[12].ShouldBe('7');
        text[16].ShouldBeOneOf('8', '9', 'a', 'b');
    });

    [Fact]
    public void An_id_reads_back_as_it_was_written() => Gen.Select(Times, Gen.Byte.Array[CallId.RandomBytes]).Sample((at, random) =>
    {
        var id = CallId.Create(at, random);
        CallId.TryParse(id.ToString(), out var read).ShouldBeTrue();
        read.ShouldBe(id);
    });

    [Theory]
    [InlineData("")]
    [InlineData("call_")]
    [InlineData("task_0192f5a0b1c27d3e8f90a1b2c3d4e5f6")]
    [InlineData("call_0192f5a0b1c27d3e8f90a1b2c3d4e5fg")]
    [InlineData("call_0192f5a0-b1c2-7d3e-8f90-a1b2c3d4e5f6")]
    public void What_is_no_id_is_not_read_as_one(string text) => CallId.TryParse(text, out _).ShouldBeFalse();
}
