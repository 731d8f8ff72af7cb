using Paddock.Store.Coordination;

namespace Paddock.Store.Tests.Coordination;

/// <summary>Many who ask for what stands in the database.</summary>
public sealed class LiveCopyTests : IDisposable
{
    private readonly SemaphoreSlim goOn = new(0);
    private int readings;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_ask_during_a_reading_share_the_next_one()
    {
        using var copy = Copy();
        var first = copy.LoadAsync(Cancellation);
        var later = Enumerable.Range(0, 100).Select(_ => copy.LoadAsync(Cancellation)).ToArray();
        goOn.Release(2);

        await Task.WhenAll([first, .. later]);

        copy.Current.ShouldBe("2"); // not the first: it may have begun before what they wait for was written
        readings.ShouldBe(2);
    }

    [Fact]
    public async Task A_reading_that_failed_answers_nobody_but_whoever_began_it()
    {
        using var copy = Copy(failing: 2);
        var first = copy.LoadAsync(Cancellation);
        var later = Enumerable.Range(0, 3).Select(_ => copy.LoadAsync(Cancellation)).ToArray();
        goOn.Release(3);

        await first;
        await Should.ThrowAsync<InvalidOperationException>(later[0]);
        await Task.WhenAll(later[1..]);

        copy.Current.ShouldBe("3");
    }

    [Fact]
    public async Task Who_asks_after_a_reading_has_one_of_their_own()
    {
        using var copy = Copy();
        goOn.Release(2);

        await copy.LoadAsync(Cancellation);
        await copy.LoadAsync(Cancellation);

        readings.ShouldBe(2);
    }

    public void Dispose() => goOn.Dispose();

    private LiveCopy<string> Copy(int failing = 0) => new(
        "",
        static (one, other) => one == other,
        async (_, cancellationToken) =>
        {
            var number = ++readings;
            await goOn.WaitAsync(cancellationToken);
            return number == failing ? throw new InvalidOperationException() : $"{number}";
        },
        static _ => { });
}
