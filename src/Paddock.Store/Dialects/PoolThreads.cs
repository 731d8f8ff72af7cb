namespace Paddock.Store.Dialects;

/// <summary>
/// Runs work so that each of its steps goes on on the thread pool. Sockets complete inline (docs/decisions/0005): what follows an await of
/// the database would otherwise run on the thread that brings the answer, and hold up every stream that this thread serves while it maps
/// rows, hashes, or writes a file.
/// </summary>
internal sealed class PoolThreads : TaskScheduler
{
    private static readonly PoolThreads pool = new();

    public static Task<T> RunAsync<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, pool).Unwrap();

    protected override void QueueTask(Task task) => ThreadPool.UnsafeQueueUserWorkItem(static one => pool.TryExecuteTask(one), task, preferLocal: true);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => !taskWasPreviouslyQueued && Thread.CurrentThread.IsThreadPoolThread && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
