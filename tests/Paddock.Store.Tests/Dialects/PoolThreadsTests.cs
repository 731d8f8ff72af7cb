using Paddock.Store.Dialects;

namespace Paddock.Store.Tests.Dialects;

public sealed class PoolThreadsTests
{
    [Fact]
    public async Task Whoever_brings_an_answer_does_nothing_of_what_follows_it()
    {
        var answer = new TaskCompletionSource(); // runs what waits for it where it is completed, like a socket that completes inline
        var (inside, bringer, returned) = (new List<bool>(), 0, false);
        var work = PoolThreads.RunAsync(async () =>
        {
            inside.Add(Thread.CurrentThread.IsThreadPoolThread);
            await answer.Task;
            inside.Add(Thread.CurrentThread.IsThreadPoolThread && Environment.CurrentManagedThreadId != bringer);
            return 7;
        });
        var after = AfterAsync();

        var thread = new Thread(() =>
        {
            bringer = Environment.CurrentManagedThreadId;
            answer.SetResult();
        });
        thread.Start();

        (await work).ShouldBe(7);
        await after;
        inside.ShouldBe([true, true]);
        returned.ShouldBeTrue();

        async Task AfterAsync()
        {
            await work.ConfigureAwait(false);
            returned = Thread.CurrentThread.IsThreadPoolThread && Environment.CurrentManagedThreadId != bringer;
        }
    }

    [Fact]
    public async Task A_failure_is_the_works_own() =>
        (await Should.ThrowAsync<InvalidOperationException>(PoolThreads.RunAsync<int>(static () => throw new InvalidOperationException("It failed.")))).Message.ShouldBe("It failed.");
}
