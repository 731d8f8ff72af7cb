using Microsoft.Extensions.Logging;

namespace Paddock.Store.Tasks;

internal static partial class Log
{
    [LoggerMessage(1911, LogLevel.Warning, "People could not be told of tasks that go on for too long ({Reason}); the next look tries again")]
    public static partial void StaleTasksNotTold(ILogger logger, string reason);

    [LoggerMessage(1912, LogLevel.Warning, "Tasks could not be folded ({Reason}); the next look tries again")]
    public static partial void TasksNotFolded(ILogger logger, string reason);

    [LoggerMessage(1913, LogLevel.Error, "Task {Task} could not be folded, and stays as it was until more becomes known of it")]
    public static partial void TaskNotFolded(ILogger logger, Exception exception, string task);
}
