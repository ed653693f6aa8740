"""What the engine room says to people, in Chinese and in English."""

from __future__ import annotations

_WORDS: dict[str, tuple[str, str]] = {
    "way.configured": (
        "方式一：使用已配置的服务器 {address}（命名空间 {namespace}）。",
        "Way 1: the configured server {address} (namespace {namespace}).",
    ),
    "way.not_configured": (
        "方式一：没有设置 TEMPORAL_ADDRESS，也没有 temporal.toml 配置。",
        "Way 1: neither TEMPORAL_ADDRESS nor a temporal.toml profile is set.",
    ),
    "way.path": (
        "方式二：PATH 中的 temporal 程序 {path}，服务器 {version}。",
        "Way 2: the temporal program {path} on the PATH, server {version}.",
    ),
    "way.no_path": (
        "方式二：PATH 中没有可用的 temporal 程序。",
        "Way 2: no temporal program on the PATH.",
    ),
    "way.too_old": (
        "{path} 的服务器版本是 {version}，低于所需的 {minimum}，不使用。",
        "{path} brings server {version}, older than the needed {minimum}; it is not used.",
    ),
    "way.other_kind": (
        "{path} 不使用：数据文件夹由另一种引擎（{kind}）建立，两者的分片数不同。",
        "{path} is not used: the data were made by the other kind of engine ({kind}), with other shards.",
    ),
    "way.downloading": (
        "方式三：由 SDK 下载 temporal 程序……",
        "Way 3: the SDK downloads the temporal program...",
    ),
    "way.downloaded": (
        "方式三：已下载 {path}，服务器 {version}。",
        "Way 3: downloaded {path}, server {version}.",
    ),
    "way.no_download": ("方式三：SDK 下载失败：{why}", "Way 3: the SDK could not download it: {why}"),
    "way.build": (
        "方式四：用 Go 构建官方服务器 {version}（两核约 7 分钟，只需一次）……",
        "Way 4: building the official server {version} with Go (about 7 minutes on two cores, once)...",
    ),
    "way.cached": (
        "使用已构建的服务器 {path}（{version}）。",
        "Using the server built earlier: {path} ({version}).",
    ),
    "way.no_build": ("方式四：构建不成：{why}", "Way 4: it could not be built: {why}"),
    "build.waiting": (
        "另一个进程正在构建，已等待 {seconds} 秒……",
        "Another process is building it; waited {seconds} s so far...",
    ),
    "build.progress": (
        "构建中：{seconds} 秒，已编译 {packages} 个包（约 {of} 个）……",
        "Building: {seconds} s, {packages} of about {of} packages compiled...",
    ),
    "build.done": ("构建完成：{path}，用时 {seconds} 秒。", "Built {path} in {seconds} s."),
    "build.no_go": (
        "没有找到 go 程序；请从 https://go.dev/dl/ 安装 Go 1.26 或更新版本",
        "there is no go program; install Go 1.26 or newer from https://go.dev/dl/",
    ),
    "build.failed": ("go 报告（全文见 {log}）：{tail}", "go said (all of it in {log}): {tail}"),
    "build.timeout": ("{minutes} 分钟内没有完成", "it was not done within {minutes} minutes"),
    "build.wrong": (
        "构建出的程序报告的版本不是 {version}",
        "the program that was built is not version {version}",
    ),
    "engine.starting": ("正在启动引擎，数据在 {data}……", "Starting the engine on {data}..."),
    "engine.ready": (
        "引擎已就绪：{address}，进程 {pid}，用时 {seconds} 秒。",
        "The engine is ready: {address}, process {pid}, {seconds} s.",
    ),
    "engine.ports": (
        "端口 {taken} 已被占用，改用其他端口；引擎地址是 {address}。",
        "Ports {taken} are taken; others are used, and the engine's address is {address}.",
    ),
    "engine.adopted": (
        "这个数据文件夹的引擎已在运行：{address}，进程 {pid}；直接使用它。",
        "The engine of this data folder is running already: {address}, process {pid}; it is used as it is.",
    ),
    "engine.killed": (
        "引擎没有在 {seconds} 秒内停止，已强制结束；数据不受影响。",
        "The engine did not stop within {seconds} s and was ended by force; its data are safe.",
    ),
    "doctor.remote": (
        "已配置的服务器 {address}：版本 {version}。它的定时精度、连接数和分片数由其管理者决定；"
        "确认命名空间 {namespace} 的保留期足够长。",
        "Configured server {address}: version {version}. How punctual its timers are, its connections and shards are "
        "its keeper's; see that the namespace {namespace} retains long enough.",
    ),
    "doctor.dev_limits": (
        "temporal 程序只有一个分片，且不能限定为一个数据库连接；重负载下比构建的服务器慢。",
        "A temporal program has one shard and cannot be held to one database connection; under load it is slower "
        "than the server that is built.",
    ),
    "doctor.kept": (
        "方式三：SDK 已下载 {path}，服务器 {version}。",
        "Way 3: the SDK downloaded {path}, server {version}.",
    ),
    "doctor.not_kept": (
        "方式三：SDK 还没有下载过；需要时从 temporal.download 获取。",
        "Way 3: nothing downloaded yet; the SDK would fetch it from temporal.download.",
    ),
    "doctor.go": (
        "方式四：尚未构建；{go}，运行 python -m client.engine.building 即可构建。",
        "Way 4: not built yet; {go}: python -m client.engine.building builds it.",
    ),
    "doctor.no_go": ("方式四：尚未构建，{why}。", "Way 4: not built yet, and {why}."),
    "doctor.ports": (
        "端口 {taken} 已被占用；引擎会改用其他端口。",
        "Ports {taken} are taken; the engine will use others.",
    ),
    "doctor.ports_free": ("默认端口都空闲。", "The default ports are free."),
    "doctor.data": (
        "数据 {data}：由 {kind} {version} 建立，{size} MB。",
        "Data {data}: made by {kind} {version}, {size} MB.",
    ),
    "doctor.no_data": ("数据 {data}：还没有。", "Data {data}: none yet."),
    "doctor.running": ("引擎正在运行：{address}，进程 {pid}。", "An engine is running: {address}, process {pid}."),
    "data.copied": ("升级前的数据副本：{copy}", "A copy of the data from before the upgrade: {copy}"),
}

_PROBLEMS: dict[str, tuple[tuple[str, str, str], tuple[str, str, str]]] = {
    "none": (
        (
            "没有可用的 Temporal 服务器。",
            "四种方式都不成：\n{tried}",
            "任选其一：① 设置 TEMPORAL_ADDRESS 指向已有的服务器（{minimum} 或更新）；"
            "② 把 Temporal CLI（https://docs.temporal.io/cli）放到 PATH；"
            "③ 允许访问 temporal.download，由 SDK 下载；"
            "④ 安装 Go 1.26（https://go.dev/dl/），再运行 python -m client.engine.building。",
        ),
        (
            "There is no Temporal server to use.",
            "None of the ways worked:\n{tried}",
            "Take one of four: (1) set TEMPORAL_ADDRESS to a server you have ({minimum} or newer); "
            "(2) put the Temporal CLI (https://docs.temporal.io/cli) on the PATH; "
            "(3) allow temporal.download, so that the SDK can fetch it; "
            "(4) install Go 1.26 (https://go.dev/dl/) and run python -m client.engine.building.",
        ),
    ),
    "unreachable": (
        (
            "服务器 {address} 没有应答。",
            "{why}",
            "检查地址和网络；要使用自己的引擎，请取消 TEMPORAL_ADDRESS 和 temporal.toml。",
        ),
        (
            "The server {address} does not answer.",
            "{why}",
            "Check address and network; for your own engine unset TEMPORAL_ADDRESS and temporal.toml.",
        ),
    ),
    "old_server": (
        (
            "服务器 {address} 太旧。",
            "它的版本是 {version}，需要 {minimum} 或更新。",
            "升级该服务器，或换一台。",
        ),
        (
            "The server {address} is too old.",
            "It is version {version}; {minimum} or newer is needed.",
            "Upgrade it, or use another one.",
        ),
    ),
    "profile": (
        ("Temporal 的配置读不了。", "{why}", "改正 temporal.toml 或 TEMPORAL_* 环境变量，然后再试。"),
        (
            "The Temporal configuration cannot be read.",
            "{why}",
            "Correct temporal.toml or the TEMPORAL_* variables and try again.",
        ),
    ),
    "not_started": (
        ("引擎没有启动。", "{why}", "看 {log} 的末尾；改正后再试，数据没有改动。"),
        (
            "The engine did not start.",
            "{why}",
            "Look at the end of {log}; put it right and try again. The data are untouched.",
        ),
    ),
    "busy": (
        ("数据文件夹 {data} 正被另一个引擎使用。", "它的进程是 {pid}。", "先停止它，或换一个数据文件夹。"),
        (
            "The data folder {data} is in use by another engine.",
            "Its process is {pid}.",
            "Stop that one first, or use another data folder.",
        ),
    ),
    "kind": (
        (
            "不能用这个程序打开 {data}。",
            "数据由另一种引擎（{made}，{version}）建立，分片数不同。",
            "使用原来的引擎，或换一个数据文件夹；数据没有改动。",
        ),
        (
            "This program cannot open {data}.",
            "The data were made by the other kind of engine ({made}, {version}), with other shards.",
            "Use the engine that made them, or another data folder; the data are untouched.",
        ),
    ),
    "schema": (
        (
            "服务器 {program} 不能打开 {data}。",
            "数据由版本 {made} 建立，表结构不同，而 SQLite 文件不会自动升级。",
            "使用版本 {made}，或换一个数据文件夹；数据没有改动。",
        ),
        (
            "Server {program} cannot open {data}.",
            "Version {made} made them with other tables, and an SQLite file is not upgraded by itself.",
            "Use version {made}, or another data folder; the data are untouched.",
        ),
    ),
    "namespace": (
        ("命名空间 {namespace} 不可用。", "{why}", "由有权限的人建立它和搜索属性：{attributes}。"),
        (
            "The namespace {namespace} cannot be used.",
            "{why}",
            "Have somebody with the right create it, and the search attributes {attributes}.",
        ),
    ),
    "clock": (
        (
            "{case} 的虚拟时钟停住了。",
            "{why}",
            "确认 worker 在运行，并且没有人在推进时间时发送请求；然后再试。",
        ),
        (
            "The virtual clock of {case} is stuck.",
            "{why}",
            "See that a worker runs and that nobody sends anything while the clock moves; then try again.",
        ),
    ),
}


class EngineError(RuntimeError):
    """Something about the engine that a person has to know: what, why and what next."""

    def __init__(self, key: str, lang: str, **values: object) -> None:
        self.key = key
        what, why, next_step = _PROBLEMS[key][0 if lang == "zh" else 1]
        self.what = what.format(**values)
        self.why = why.format(**values)
        self.next_step = next_step.format(**values)
        super().__init__(f"{self.what} {self.why} {self.next_step}")


def word(key: str, lang: str, **values: object) -> str:
    """The sentence under `key`, in Chinese for `zh` and in English for everything else."""
    return _WORDS[key][0 if lang == "zh" else 1].format(**values)
